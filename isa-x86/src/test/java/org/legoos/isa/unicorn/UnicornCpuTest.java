package org.legoos.isa.unicorn;

import org.junit.jupiter.api.Nested;
import org.legoos.isa.cpu.AbstractCpuCodeTest;
import org.legoos.isa.cpu.AbstractCpuExceptionTest;
import org.legoos.isa.cpu.AbstractCpuFaultTest;
import org.legoos.isa.cpu.AbstractCpuStateTest;
import org.legoos.isa.cpu.AbstractCpuStopTest;
import org.legoos.isa.cpu.CpuEngine;

/** The contract of Cpu, on Unicorn. */
class UnicornCpuTest {
    private static final class Holder {
        static final CpuEngine ENGINE = UnicornEngine.create();
    }

    @Nested
    class Faults extends AbstractCpuFaultTest {
        @Override
        protected CpuEngine engine() {
            return Holder.ENGINE;
        }
    }

    @Nested
    class Exceptions extends AbstractCpuExceptionTest {
        @Override
        protected CpuEngine engine() {
            return Holder.ENGINE;
        }
    }

    @Nested
    class Code extends AbstractCpuCodeTest {
        @Override
        protected CpuEngine engine() {
            return Holder.ENGINE;
        }
    }

    @Nested
    class State extends AbstractCpuStateTest {
        @Override
        protected CpuEngine engine() {
            return Holder.ENGINE;
        }
    }

    @Nested
    class Stops extends AbstractCpuStopTest {
        @Override
        protected CpuEngine engine() {
            return Holder.ENGINE;
        }
    }
}
