/**
 * The transport services of the card: RC, UC, UD and the management QPs, as state machines that know nothing of WQE
 * formats, contexts or memory translation. {@link org.legoos.mlx4.transport.QpHost} is all that they ask of a card.
 *
 * <p>Everything of one card runs in its agent, single-threaded. An agent's work is, in this order: due timers
 * ({@code AgentTimers.runDue}), the packets at hand ({@code TransportQp.receive}), then once each QP that asked for it
 * ({@code TransportQp.run}): acknowledges, responses and sends go out in that last step, which coalesces them. A QP
 * that asks again meanwhile is run in the next round, after the agent has signalled itself.
 */
package org.legoos.mlx4.transport;
