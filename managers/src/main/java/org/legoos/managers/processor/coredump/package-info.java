/** Core dumps (core(5)) as ELF files that debuggers read. */
package org.legoos.managers.processor.coredump;
