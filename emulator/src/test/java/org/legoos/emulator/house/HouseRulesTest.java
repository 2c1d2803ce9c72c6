package org.legoos.emulator.house;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.lang.foreign.Linker;
import java.util.concurrent.BlockingQueue;
import org.junit.jupiter.api.Test;

/** The arrows between modules and the rules on time, threads and native code, as docs/architecture.md tells them. */
class HouseRulesTest {
    private static final JavaClasses CODE =
            new ClassFileImporter().withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS).importPackages("org.legoos");

    private static void mayOnlyUse(String module, String... others) {
        String[] allowed = new String[others.length + 1];
        allowed[0] = module;
        System.arraycopy(others, 0, allowed, 1, others.length);
        ArchRule rule = noClasses().that().resideInAPackage(module).should().dependOnClassesThat(
                resideInAnyPackage("org.legoos..").and(not(resideInAnyPackage(allowed))));
        rule.check(CODE);
    }

    @Test
    void theArrowsBetweenModulesHold() {
        mayOnlyUse("org.legoos.isa..");
        mayOnlyUse("org.legoos.elf..");
        mayOnlyUse("org.legoos.serial..", "org.legoos.isa..");
        mayOnlyUse("org.legoos.mlx4..", "org.legoos.isa..");
        mayOnlyUse("org.legoos.kernel..", "org.legoos.isa..", "org.legoos.mlx4.prm..");
        mayOnlyUse("org.legoos.fit..", "org.legoos.isa..", "org.legoos.kernel..");
        mayOnlyUse("org.legoos.managers..", "org.legoos.isa..", "org.legoos.kernel..", "org.legoos.fit..", "org.legoos.elf..");
    }

    @Test
    void theDeviceModelKnowsNothingOfTheDriverAndTheLayoutsKnowNothing() {
        mayOnlyUse("org.legoos.mlx4.prm..");
        mayOnlyUse("org.legoos.mlx4.wire..", "org.legoos.isa..");
        mayOnlyUse("org.legoos.mlx4.transport..", "org.legoos.mlx4.wire..", "org.legoos.mlx4.fabric..", "org.legoos.isa..");
    }

    @Test
    void onlyTheNativePackagesTouchTheLinker() {
        noClasses().that().resideOutsideOfPackages("org.legoos.isa.libc..", "org.legoos.isa.unicorn..", "org.legoos.isa.capstone..",
                        "org.legoos.isa.natives..", "org.legoos.emulator.house..")
                .should().dependOnClassesThat().areAssignableTo(Linker.class)
                .check(CODE);
    }

    private static final String[] STEPPED = {"org.legoos.kernel..", "org.legoos.fit..", "org.legoos.managers..", "org.legoos.mlx4.."};

    @Test
    void timeComesFromTheClock() {
        noClasses().that().resideInAnyPackage(STEPPED).should().callMethod(System.class, "nanoTime").check(CODE);
        noClasses().that().resideInAnyPackage(STEPPED).should().callMethod(System.class, "currentTimeMillis").check(CODE);
        noClasses().that().resideInAnyPackage(STEPPED).should().callMethod(Math.class, "random").check(CODE);
    }

    @Test
    void threadsAndWaitingComeFromTheScheduler() {
        noClasses().that().resideInAnyPackage(STEPPED).should().callMethod(Thread.class, "sleep", long.class).check(CODE);
        noClasses().that().resideInAnyPackage(STEPPED).should().dependOnClassesThat().areAssignableTo(BlockingQueue.class).check(CODE);
        noClasses().that().resideInAnyPackage(STEPPED).and().resideOutsideOfPackage("org.legoos.kernel.sched..")
                .should().callMethod(Thread.class, "ofPlatform").check(CODE);
    }
}
