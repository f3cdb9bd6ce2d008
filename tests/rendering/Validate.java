// Runs veraPDF's engine: java -cp JARS Validate.java FLAVOUR FILE... prints one line a failed rule, and ends with 1 then.
// FLAVOUR is an id of veraPDF, such as ua1 or 3a; a file that claims to be something else is judged by it all the same.

import java.io.FileInputStream;
import java.io.InputStream;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider;
import org.verapdf.pdfa.Foundries;
import org.verapdf.pdfa.PDFAParser;
import org.verapdf.pdfa.flavours.PDFAFlavour;
import org.verapdf.pdfa.results.TestAssertion;
import org.verapdf.pdfa.results.ValidationResult;

public class Validate {
    public static void main(String[] arguments) throws Exception {
        Logger.getLogger("").setLevel(Level.SEVERE);
        VeraGreenfieldFoundryProvider.initialise();
        PDFAFlavour flavour = PDFAFlavour.fromString(arguments[0]);
        boolean good = flavour != PDFAFlavour.NO_FLAVOUR;
        for (int place = 1; place < arguments.length; place++) {
            try (InputStream file = new FileInputStream(arguments[place]);
                    PDFAParser parser = Foundries.defaultInstance().createParser(file, flavour)) {
                ValidationResult result = Foundries.defaultInstance().createValidator(flavour, false).validate(parser);
                SortedSet<String> failures = new TreeSet<>();
                for (TestAssertion assertion : result.getTestAssertions()) {
                    if (assertion.getStatus() == TestAssertion.Status.FAILED) {
                        failures.add(assertion.getRuleId().getClause() + "-" + assertion.getRuleId().getTestNumber()
                                + " " + assertion.getMessage() + " at " + assertion.getLocation().getContext());
                    }
                }
                System.out.println(arguments[place] + ": " + flavour.getId() + " "
                        + (result.isCompliant() ? "passed " : "FAILED ") + result.getTotalAssertions() + " assertions");
                failures.forEach(System.out::println);
                good = good && result.isCompliant() && result.getTotalAssertions() > 0;
            }
        }
        System.exit(good ? 0 : 1);
    }
}
