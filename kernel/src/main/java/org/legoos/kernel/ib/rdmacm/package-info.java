/**
 * Connections by IP address and port (IBA annex A11; Linux: drivers/infiniband/core/cma.c, librdmacm): who has the address, which way
 * there, the connection manager's handshake, and the queue pair brought through its states.
 */
package org.legoos.kernel.ib.rdmacm;
