/**
 * As much of IP over InfiniBand (RFC 4391; Linux: drivers/infiniband/ulp/ipoib) as a node needs to be found by its IP address: it joins
 * the broadcast group, answers ARP and ping, and asks ARP itself. There is no IP stack behind it.
 */
package org.legoos.kernel.ib.ipoib;
