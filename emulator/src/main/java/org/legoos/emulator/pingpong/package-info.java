/** A LegoOS node's end of the verbs examples' ping-pong: what {@code ibv_rc_pingpong} in a virtual machine talks to. */
package org.legoos.emulator.pingpong;
