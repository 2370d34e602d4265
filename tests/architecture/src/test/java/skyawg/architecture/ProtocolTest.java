package skyawg.architecture;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.io.Serializable;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDateTime;

/** Protocol and mesh are pure: time comes in as an argument, packets as memory, and they start nothing. */
@AnalyzeClasses(
        packages = {"skyawg.protocol", "skyawg.mesh"},
        importOptions = ImportOption.DoNotIncludeTests.class)
final class ProtocolTest {
    /** The one source of randomness from outside: it reads the kernel's. */
    private static final String KERNEL_RANDOM = "skyawg.protocol.crypto.KernelRandom";

    /** java.io without what touches nothing outside: exceptions, buffers in memory, markers. */
    private static final DescribedPredicate<JavaClass> FILES_AND_SOCKETS = resideInAnyPackage(
                    "java.io..", "java.net..", "java.nio.channels..", "java.nio.file..", "javax.net..", "sun..")
            .and(DescribedPredicate.not(assignableTo(Exception.class)))
            .and(DescribedPredicate.not(assignableTo(ByteArrayOutputStream.class)))
            .and(DescribedPredicate.not(DescribedPredicate.describe(
                    "markers and abstractions",
                    c -> c.isEquivalentTo(Serializable.class) || c.isEquivalentTo(OutputStream.class))))
            .as("files, sockets and channels");

    @ArchTest
    static final ArchRule doesNoInputOrOutput = noClasses()
            .that()
            .doNotHaveFullyQualifiedName(KERNEL_RANDOM)
            .should()
            .dependOnClassesThat(FILES_AND_SOCKETS)
            .because("a protocol that reads or writes cannot be run on a simulated network, nor fuzzed at speed");

    @ArchTest
    static final ArchRule startsNoThread = noClasses()
            .should()
            .dependOnClassesThat(assignableTo(Thread.class)
                    .or(resideInAPackage("java.util.concurrent..")
                            .and(DescribedPredicate.not(resideInAnyPackage("java.util.concurrent.atomic.."))))
                    .or(assignableTo("java.util.Timer"))
                    .as("threads, executors and queues between threads"))
            .because("who runs it decides on threads: the data path has two and a conductor, a simulator has one for"
                    + " many nodes");

    @ArchTest
    static final ArchRule readsNoClock = noClasses()
            .should()
            .callMethod(System.class, "nanoTime")
            .orShould()
            .callMethod(System.class, "currentTimeMillis")
            .orShould()
            .callMethod(Instant.class, "now")
            .orShould()
            .callMethod(LocalDateTime.class, "now")
            .orShould()
            .dependOnClassesThat()
            .areAssignableTo(Clock.class)
            .because("timers can be tested to the nanosecond, and clocks that jump be tried, only if time is given");

    @ArchTest
    static final ArchRule printsNothing = noClasses()
            .should()
            .accessField(System.class, "out")
            .orShould()
            .accessField(System.class, "err")
            .orShould()
            .dependOnClassesThat()
            .areAssignableTo(System.Logger.class)
            .because("what is worth saying is a value that it returns: a library that logs may log a secret");
}
