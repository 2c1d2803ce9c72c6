/**
 * Where threads wait for a word of program memory (Linux's kernel/futex): a hash table of queues. What a word is, and
 * reading or changing it, is the managers' business.
 */
package org.legoos.kernel.futex;
