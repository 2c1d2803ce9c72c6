/** A LegoOS node as the partner of a virtual machine's RDMA-CM and management programs: rping, ibping, ping. */
package org.legoos.emulator.rdma;
