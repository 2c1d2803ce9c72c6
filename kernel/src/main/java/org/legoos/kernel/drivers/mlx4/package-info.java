/**
 * Driver of ConnectX-3 cards, after Linux's mlx4_core and mlx4_ib. It knows PCI, DMA addresses and the
 * programmer's view of the card ({@code org.legoos.mlx4.prm}), and nothing about what answers: the device
 * model or a card passed through.
 */
package org.legoos.kernel.drivers.mlx4;
