/**
 * The programmer's view of a ConnectX-3 (mlx4): registers, commands, mailboxes, contexts and queue entries.
 * Every structure is described once here, as big-endian fields, and read and written through that description
 * by the device model and by the driver.
 */
package org.legoos.mlx4.prm;
