/**
 * A LegoOS node's end of the perftest package's programs ({@code ib_send_lat} and its family, version 6.24 of their exchange,
 * Debian's 25.01): what such a program in a virtual machine measures with, over the node's own driver and card.
 *
 * <p>The exchange over TCP is in steps of which each is a message of fixed length both ways, the caller's first
 * ({@link org.legoos.emulator.ibperf.PerfExchange}). Which steps a test has, and when, is its script ({@link
 * org.legoos.emulator.ibperf.IbPerfTest}); its loops are {@link org.legoos.emulator.ibperf.LatencyRun} and {@link
 * org.legoos.emulator.ibperf.BandwidthRun}.
 */
package org.legoos.emulator.ibperf;
