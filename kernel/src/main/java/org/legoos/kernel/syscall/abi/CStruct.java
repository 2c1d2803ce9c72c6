package org.legoos.kernel.syscall.abi;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Says which C structure a class of offsets describes. Each int constant but SIZE is the offset of the field
 * with that name in lower case; a test asks the host's C compiler.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface CStruct {
    /** "struct stat". */
    String value();

    /** Header that declares it. */
    String header();

    /** Prefix of the field names in C that the constants leave out. */
    String prefix() default "";
}
