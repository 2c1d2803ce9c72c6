/** A running cluster's control socket: further programs, what runs, its end (lego boot, exec, ps, kill, down). */
package org.legoos.emulator.control;
