/**
 * General management datagrams (Linux: drivers/infiniband/core mad.c, sa_query.c): queue pair 1, who serves which class, requests
 * with time-outs and retries, and questions to subnet administration. All of it runs on one kernel thread of the port.
 */
package org.legoos.kernel.ib.mad;
