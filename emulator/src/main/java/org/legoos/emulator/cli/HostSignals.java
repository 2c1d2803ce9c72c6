package org.legoos.emulator.cli;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.function.IntConsumer;

/**
 * Signals of the host that end this process, before the JVM acts on them: Ctrl-C, kill, hang-up. The JDK's
 * sun.misc.Signal is reached by reflection because javac warns of it; where it is missing, the JVM ends by
 * itself with the same exit status, only without the program's own handlers having run.
 */
final class HostSignals {
    private static final String[] NAMES = {"HUP", "INT", "TERM"};

    private HostSignals() {}

    /** Calls {@code handler} with the number of each such signal, on a thread of its own. Ignored signals stay ignored. */
    static void handle(IntConsumer handler) {
        handle(handler, NAMES);
    }

    /** Calls {@code changed} whenever the terminal's window has another size. */
    static void handleWindowChange(Runnable changed) {
        handle(number -> changed.run(), "WINCH");
    }

    private static void handle(IntConsumer handler, String... names) {
        try {
            Class<?> signal = Class.forName("sun.misc.Signal");
            Class<?> signalHandler = Class.forName("sun.misc.SignalHandler");
            Object proxy = Proxy.newProxyInstance(signalHandler.getClassLoader(), new Class<?>[] {signalHandler},
                    (self, method, args) -> switch (method.getName()) {
                        case "handle" -> {
                            handler.accept((int) signal.getMethod("getNumber").invoke(args[0]));
                            yield null;
                        }
                        case "equals" -> self == args[0];
                        case "hashCode" -> System.identityHashCode(self);
                        default -> "HostSignals";
                    });
            for (String name : names) {
                install(signal, signalHandler, name, proxy);
            }
        } catch (ReflectiveOperationException e) {
            // As the class comment says.
        }
    }

    private static void install(Class<?> signal, Class<?> signalHandler, String name, Object proxy) throws ReflectiveOperationException {
        Object number = signal.getConstructor(String.class).newInstance(name);
        try {
            signal.getMethod("handle", signal, signalHandler).invoke(null, number, proxy);
        } catch (InvocationTargetException e) {
            // The JVM was started with -Xrs, or uses the signal itself.
        }
    }
}
