package org.legoos.managers.processor.mm;

/**
 * In whose name a program begins, for its auxiliary vector (getauxval(3)), and with what.
 *
 * @param isSecure whether AT_SECURE is set though the ids are the user's own
 * @param stackLimitBytes RLIMIT_STACK; -1 for no limit
 * @param isRandomized false when personality(2) has ADDR_NO_RANDOMIZE
 */
public record ProgramRights(int uid, int euid, int gid, int egid, boolean isSecure, long stackLimitBytes, boolean isRandomized) {}
