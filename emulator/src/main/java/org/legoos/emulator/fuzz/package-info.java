/** Seeded attacks on the parts that take bytes from strangers; run by {@code lego fuzz} and, for seconds, by tests. */
package org.legoos.emulator.fuzz;
