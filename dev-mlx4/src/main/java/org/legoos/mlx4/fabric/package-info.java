/**
 * What cards are cabled to: ports with bounded inboxes, links that can be made bad from a seed, switches, and the
 * built-in subnet manager. A packet travels on the thread that sends it: card, link, switch and card are agents that
 * run one after the other on the caller's thread.
 */
package org.legoos.mlx4.fabric;
