package org.legoos.kernel.printk;

/** printk levels, numbered as in Linux. */
public enum LogLevel { EMERG, ALERT, CRIT, ERR, WARNING, NOTICE, INFO, DEBUG }
