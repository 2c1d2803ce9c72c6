/** A cluster's subnet as tools see it: ibsim's protocol for Debian's infiniband-diags and opensm, and our own link table. */
package org.legoos.emulator.subnet;
