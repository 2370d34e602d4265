package skyawg.architecture;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;

/** Classes of this project that are in none of some packages. */
final class Outside {
    private Outside() {}

    static DescribedPredicate<JavaClass> of(String... packages) {
        return JavaClass.Predicates.resideInAPackage("skyawg..")
                .and(JavaClass.Predicates.resideOutsideOfPackages(packages))
                .as("classes of this project outside %s", String.join(", ", packages));
    }
}
