/** Long runs of one kind of operation, and what they leave behind: {@code lego soak}. */
package org.legoos.emulator.soak;
