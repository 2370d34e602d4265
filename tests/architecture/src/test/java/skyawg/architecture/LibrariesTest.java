package skyawg.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** Third-party libraries and native code each stay behind one package. */
@AnalyzeClasses(packages = "skyawg", importOptions = ImportOption.DoNotIncludeTests.class)
final class LibrariesTest {
    private static final String BOUNCY_CASTLE = "org.bouncycastle..";
    private static final String JNA = "com.sun.jna..";
    /** Discovery v5 and what it brings with it. */
    private static final String[] DISCOVERY = {
        "org.ethereum.beacon..",
        "org.apache.tuweni..",
        "io.netty..",
        "reactor..",
        "org.reactivestreams..",
        "com.google.common..",
        "org.apache.logging.."
    };

    private static final String[] JACKSON = {"tools.jackson..", "com.fasterxml.jackson.."};

    @ArchTest
    static final ArchRule bouncyCastleStaysInCrypto = noClasses()
            .that()
            .resideOutsideOfPackage("skyawg.protocol.crypto..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage(BOUNCY_CASTLE)
            .because("a primitive can be replaced, measured and tested against vectors only where it is called in one"
                    + " place");

    @ArchTest
    static final ArchRule foreignCallsStayInCrypto = noClasses()
            .that()
            .resideOutsideOfPackage("skyawg.protocol.crypto..")
            .should()
            .dependOnClassesThat()
            .haveFullyQualifiedName("java.lang.foreign.Linker")
            .orShould()
            .dependOnClassesThat()
            .haveFullyQualifiedName("java.lang.foreign.SymbolLookup")
            .because("foreign calls are for the cipher, where they are faster; system calls go through JNA in"
                    + " datapath.sys, and two ways for one thing is one too many");

    @ArchTest
    static final ArchRule jnaStaysInSys = noClasses()
            .that()
            .resideOutsideOfPackage("skyawg.datapath.sys..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage(JNA)
            .because("a wrong signature ends the process: all of them are read and reviewed in one file");

    @ArchTest
    static final ArchRule jacksonStaysInTheControlCodec = noClasses()
            .that()
            .resideOutsideOfPackage("skyawg.control.control..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(JACKSON)
            .because("JSON is a form on the wire, not a way to hold values: records know nothing of it");

    @ArchTest
    static final ArchRule picocliStaysAtTheCommandLine = noClasses()
            .that()
            .resideInAnyPackage("skyawg.protocol..", "skyawg.datapath..", "skyawg.mesh..", "skyawg.control..")
            .and()
            .resideOutsideOfPackage("skyawg.control.cli..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("picocli..")
            .because("a library that parses command lines cannot serve a daemon");

    @ArchTest
    static final ArchRule jansiStaysInTheCommandLineKit = noClasses()
            .that()
            .resideOutsideOfPackage("skyawg.control.cli..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.fusesource.jansi..")
            .because("whether there is colour is decided in one place (terminal, NO_COLOR, --no-color)");

    @ArchTest
    static final ArchRule clientsLoadNeitherJnaNorJackson = noClasses()
            .that()
            .resideInAnyPackage("skyawg.awg..", "skyawg.awgquick..", "skyawg.skyroute..", "skyawg.skydiscover..")
            .should()
            .transitivelyDependOnClassesThat()
            .resideInAnyPackage(JNA, JACKSON[0], JACKSON[1])
            .because("each costs a command as much time as all the rest of its start");

    @ArchTest
    static final ArchRule discoveryStaysInOnePackage = noClasses()
            .that()
            .resideOutsideOfPackage("skyawg.skydiscover.discv5..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(DISCOVERY)
            .because(
                    "the library can be replaced, or another network stand beside it, only where it is met in one place");

    @ArchTest
    static final ArchRule theDaemonHasNoDiscovery = noClasses()
            .that()
            .resideInAPackage("skyawg.awgd..")
            .should()
            .transitivelyDependOnClassesThat()
            .resideInAnyPackage(DISCOVERY)
            .because(
                    "the daemon holds keys: a library that reads what strangers send is kept in a process without any");
}
