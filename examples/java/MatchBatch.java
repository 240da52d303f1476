import io.github.learnerlink.LearnerLinkException;
import io.github.learnerlink.Plugin;
import io.github.learnerlink.PluginOptions;
import io.github.learnerlink.model.ConfirmMatchRequest;
import io.github.learnerlink.model.Learner;
import io.github.learnerlink.model.MatchLearnerRequest;
import io.github.learnerlink.model.MatchLearnerResponse;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Paths;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.Semaphore;

/**
 * Finds the Unique Learner Numbers of a file of learners, a few at a time, and keeps those that are certain.
 *
 * <pre>java -cp 'lib/*' MatchBatch.java learnerlink.json 10099901 learners.csv</pre>
 *
 * The columns are personId, givenName, familyName, dateOfBirth, gender and postCode; no value has a comma.
 */
public final class MatchBatch {
    // The service asks for restraint, and throttles those who have none.
    private static final int AT_ONCE = 4;

    private final Map<String, String> ends = new ConcurrentSkipListMap<>();
    private final Semaphore free = new Semaphore(AT_ONCE);
    private final Plugin plugin;
    private final String ukprn;

    private MatchBatch(Plugin plugin, String ukprn) {
        this.plugin = plugin;
        this.ukprn = ukprn;
    }

    public static void main(String[] arguments) throws IOException, InterruptedException {
        List<String> rows = Files.readAllLines(Paths.get(arguments[2]));
        try (Plugin plugin = Plugin.open(PluginOptions.fromFile(Paths.get(arguments[0])))) {
            MatchBatch batch = new MatchBatch(plugin, arguments[1]);
            for (String row : rows.subList(1, rows.size())) {
                batch.free.acquire(); // The next begins when one has ended.
                batch.match(row.split(",", -1));
            }
            batch.free.acquire(AT_ONCE);
            batch.ends.forEach((person, end) -> System.out.println(person + ": " + end));
            Map<String, Integer> counts = new TreeMap<>();
            batch.ends.values().forEach(end -> counts.merge(end, 1, Integer::sum));
            System.out.println(rows.size() - 1 + " learners: " + counts);
        }
    }

    private void match(String[] row) {
        MatchLearnerRequest request = new MatchLearnerRequest()
                .ukprn(ukprn)
                .user("batch")
                .givenName(row[1])
                .familyName(row[2])
                .dateOfBirth(row[3])
                .gender(row[4])
                .lastKnownPostCode(row[5]);
        // The future completes on the common pool, where what follows may take its time.
        plugin.matchLearnerAsync(request).whenComplete((found, error) -> {
            try {
                ends.put(row[0], error == null ? keep(row[0], found) : "failed, " + codeOf(error));
            } catch (RuntimeException failed) {
                ends.put(row[0], "failed, " + codeOf(failed));
            } finally {
                free.release();
            }
        });
    }

    /** What is not certain is for a person to decide, who sees the candidates. */
    private String keep(String person, MatchLearnerResponse found) {
        if (!found.outcome().equals(MatchLearnerResponse.OUTCOME_EXACT_MATCH)) {
            return found.outcome();
        }
        Learner learner = found.learners().get(0);
        return plugin.confirmMatch(new ConfirmMatchRequest()
                        .ukprn(ukprn)
                        .user("batch")
                        .personId(person)
                        .uln(learner.uln())
                        .givenName(learner.givenName())
                        .familyName(learner.familyName())
                        .matchType(found.outcome()))
                .outcome();
    }

    /** The code is permanent and never personal, so it may stand in a log. */
    private static String codeOf(Throwable error) {
        return error instanceof LearnerLinkException ? ((LearnerLinkException) error).code() : error.toString();
    }
}
