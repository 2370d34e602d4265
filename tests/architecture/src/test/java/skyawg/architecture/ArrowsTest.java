package skyawg.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** Every arrow points down: tools, then control, mesh and datapath on one floor, then protocol. */
@AnalyzeClasses(packages = "skyawg", importOptions = ImportOption.DoNotIncludeTests.class)
final class ArrowsTest {
    private static final String PROTOCOL = "skyawg.protocol..";
    private static final String DATAPATH = "skyawg.datapath..";
    private static final String MESH = "skyawg.mesh..";
    private static final String CONTROL = "skyawg.control..";
    private static final String AWG = "skyawg.awg..";
    private static final String AWG_QUICK = "skyawg.awgquick..";
    private static final String AWGD = "skyawg.awgd..";
    private static final String SKY_ROUTE = "skyawg.skyroute..";
    private static final String SKY_DISCOVER = "skyawg.skydiscover..";

    @ArchTest
    static final ArchRule everyClassHasItsPlace = classes()
            .should()
            .resideInAnyPackage(
                    PROTOCOL,
                    DATAPATH,
                    MESH,
                    CONTROL,
                    AWG,
                    AWG_QUICK,
                    AWGD,
                    SKY_ROUTE,
                    SKY_DISCOVER,
                    "skyawg.architecture..")
            .because("a package that no rule here knows is held by none of them: add it to this list and to the rules");

    @ArchTest
    static final ArchRule protocolKnowsNobody = noClasses()
            .that()
            .resideInAPackage(PROTOCOL)
            .should()
            .dependOnClassesThat(Outside.of(PROTOCOL))
            .because("the protocol runs unchanged in tests, in a simulator and in the data path only while it needs"
                    + " none of them");

    @ArchTest
    static final ArchRule datapathKnowsTheProtocolOnly = noClasses()
            .that()
            .resideInAPackage(DATAPATH)
            .should()
            .dependOnClassesThat(Outside.of(DATAPATH, PROTOCOL))
            .because("packets must flow the same whoever configures them: what control needs, the daemon wires");

    @ArchTest
    static final ArchRule meshKnowsTheProtocolOnly = noClasses()
            .that()
            .resideInAPackage(MESH)
            .should()
            .dependOnClassesThat(Outside.of(MESH, PROTOCOL))
            .because("a simulator runs thousands of nodes by it: what it needs of the data path or of a configuration"
                    + " it declares itself, and the daemon wires it");

    @ArchTest
    static final ArchRule controlKnowsTheProtocolOnly = noClasses()
            .that()
            .resideInAPackage(CONTROL)
            .should()
            .dependOnClassesThat(Outside.of(CONTROL, PROTOCOL))
            .because("the client tools carry control in their jars: with the data path it would bring native code and"
                    + " a slow start to every command");

    @ArchTest
    static final ArchRule awgStandsAlone = noClasses()
            .that()
            .resideInAPackage(AWG)
            .should()
            .dependOnClassesThat(Outside.of(AWG, CONTROL, PROTOCOL))
            .because("each tool is a jar of its own and starts alone");

    @ArchTest
    static final ArchRule awgQuickStandsAlone = noClasses()
            .that()
            .resideInAPackage(AWG_QUICK)
            .should()
            .dependOnClassesThat(Outside.of(AWG_QUICK, CONTROL, PROTOCOL))
            .because("each tool is a jar of its own and starts alone");

    @ArchTest
    static final ArchRule skyRouteStandsAlone = noClasses()
            .that()
            .resideInAPackage(SKY_ROUTE)
            .should()
            .dependOnClassesThat(Outside.of(SKY_ROUTE, CONTROL, PROTOCOL))
            .because("each tool is a jar of its own and starts alone");

    @ArchTest
    static final ArchRule skyDiscoverStandsAlone = noClasses()
            .that()
            .resideInAPackage(SKY_DISCOVER)
            .should()
            .dependOnClassesThat(Outside.of(SKY_DISCOVER, CONTROL, PROTOCOL))
            .because("each tool is a jar of its own and starts alone");

    @ArchTest
    static final ArchRule onlyTheDaemonHasADataPath = noClasses()
            .that()
            .resideOutsideOfPackages(DATAPATH, AWGD)
            .should()
            .dependOnClassesThat()
            .resideInAPackage(DATAPATH)
            .because("one process owns all state: a second user of the data path would be a second daemon");

    @ArchTest
    static final ArchRule onlyTheDaemonHasAMesh = noClasses()
            .that()
            .resideOutsideOfPackages(MESH, AWGD)
            .should()
            .dependOnClassesThat()
            .resideInAPackage(MESH)
            .because("labels and tunnels are one state: tools ask the daemon for it");

    @ArchTest
    static final ArchRule nobodyKnowsTheDaemon = noClasses()
            .that()
            .resideOutsideOfPackage(AWGD)
            .should()
            .dependOnClassesThat()
            .resideInAPackage(AWGD)
            .because("the daemon only wires: what others need from it belongs in a library");
}
