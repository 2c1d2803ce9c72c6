/** A LegoOS node as the partner of a virtual machine's verbs programs: its card is on one switch or one Ethernet with theirs. */
package org.legoos.emulator.peer;
