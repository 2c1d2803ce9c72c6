/**
 * InfiniBand packets: header layouts (each field declared once), opcodes, the packet object that travels through the
 * fabric, its pool, and the conversions for bytes that leave the JVM (codec, ICRC, VCRC). Follows the InfiniBand
 * Architecture Specification volume 1, chapters 7 to 9, and its RoCE annexes.
 */
package org.legoos.mlx4.wire;
