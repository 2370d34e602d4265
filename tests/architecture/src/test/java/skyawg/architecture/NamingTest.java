package skyawg.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import org.jspecify.annotations.NullMarked;

/** How packages and classes are called, and that every package says what it is. */
@AnalyzeClasses(packages = "skyawg", importOptions = ImportOption.DoNotIncludeTests.class)
final class NamingTest {
    private static final String EMPTY_WORDS = "Utils?|Helpers?|Managers?|Common|Impl";

    @ArchTest
    static final ArchRule everyPackageIsNullMarked = classes()
            .should(haveANullMarkedPackage())
            .because("outside of marked packages the checkers look at nothing, and a reader finds no opening words");

    @ArchTest
    static final ArchRule noClassHasAnEmptyName = noClasses()
            .should()
            .haveNameMatching("(.*[.$])?(\\w*[a-z0-9])?(" + EMPTY_WORDS + ")([A-Z$]\\w*)?")
            .because("such a name says that the idea has not been named yet");

    @ArchTest
    static final ArchRule noPackageHasAnEmptyName = noClasses()
            .should()
            .resideInAnyPackage(
                    "..util..",
                    "..utils..",
                    "..common..",
                    "..core..",
                    "..impl..",
                    "..helper..",
                    "..manager..",
                    "..misc..")
            .because("a package is one idea with one name from the field");

    /** Without this an empty class path would satisfy every rule. */
    @ArchTest
    static void everyModuleIsLookedAt(JavaClasses classes) {
        for (String module : new String[] {
            "protocol", "datapath", "mesh", "control", "awg", "awgquick", "awgd", "skyroute", "skydiscover"
        }) {
            assertThat(classes.stream().filter(c -> c.getPackageName().startsWith("skyawg." + module)))
                    .as("classes of skyawg.%s", module)
                    .hasSizeGreaterThan(3);
        }
    }

    private static ArchCondition<JavaClass> haveANullMarkedPackage() {
        return new ArchCondition<>("be in a package whose package-info.java says @NullMarked") {
            @Override
            public void check(JavaClass item, ConditionEvents events) {
                boolean isMarked = item.getPackage()
                        .tryGetPackageInfo()
                        .filter(info -> info.isAnnotatedWith(NullMarked.class))
                        .isPresent();
                events.add(new SimpleConditionEvent(
                        item, isMarked, item.getName() + " is in " + item.getPackageName() + ", which is not marked"));
            }
        };
    }
}
