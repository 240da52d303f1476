import io.github.learnerlink.LearnerLinkAuthenticationException;
import io.github.learnerlink.LearnerLinkException;
import io.github.learnerlink.LearnerLinkFuture;
import io.github.learnerlink.LearnerLinkLibrary;
import io.github.learnerlink.Plugin;
import io.github.learnerlink.PluginOptions;
import io.github.learnerlink.QrShare;
import io.github.learnerlink.ShareOutcome;
import io.github.learnerlink.ShareState;
import io.github.learnerlink.model.FetchPlrRequest;
import io.github.learnerlink.model.FetchPlrResponse;
import io.github.learnerlink.model.GenerateQrRequest;
import io.github.learnerlink.model.HealthRequest;
import io.github.learnerlink.model.HealthResponse;
import io.github.learnerlink.model.Learner;
import io.github.learnerlink.model.LearnerRecord;
import io.github.learnerlink.model.LearningEvent;
import io.github.learnerlink.model.ListProfilesRequest;
import io.github.learnerlink.model.MatchLearnerRequest;
import io.github.learnerlink.model.MatchLearnerResponse;
import io.github.learnerlink.model.Profile;
import io.github.learnerlink.model.PutProfileRequest;
import io.github.learnerlink.model.Qualification;
import io.github.learnerlink.model.RetrieveLinkageKeyRequest;
import io.github.learnerlink.model.RetrieveLinkageKeyResponse;
import io.github.learnerlink.model.VeraCredential;
import java.io.IOException;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Collections;

/**
 * A record system's day in a terminal, against the sandbox: {@code make demo-java}. Everybody in it is invented; a host
 * prints no record and no key.
 */
public final class Demo {
    private static final String NORTHBRIDGE = "10099901";
    private static final String USER = "clerk@example.test";

    private final String sandbox;
    private final Plugin plugin;

    private Demo(String sandbox, Plugin plugin) {
        this.sandbox = sandbox;
        this.plugin = plugin;
    }

    public static void main(String[] arguments) throws IOException {
        try (Plugin plugin = Plugin.open(PluginOptions.fromMap(Collections.singletonMap("sandbox", arguments[0])))) {
            Demo demo = new Demo(arguments[0], plugin);
            demo.health();
            demo.share();
            demo.match();
            demo.linkageKey();
            demo.failure();
        }
        System.out.println("\nDone.");
    }

    private static void heading(String text) {
        System.out.println("\n== " + text + "\n");
    }

    private void health() {
        heading("Can it work, and for whom?");
        System.out.println(LearnerLinkLibrary.info());
        HealthResponse health = plugin.health(new HealthRequest());
        System.out.println(health);
        for (Profile profile : plugin.listProfiles(new ListProfilesRequest()).profiles()) {
            System.out.println("  profile " + profile.profile() + ": " + profile.displayName());
        }
    }

    private void share() throws IOException {
        heading("View Education Record: a QR code");
        QrShare share = plugin.generateQrCode(new GenerateQrRequest()
                .ukprn(NORTHBRIDGE)
                .user(USER)
                .formats(Collections.singletonList(GenerateQrRequest.FORMATS_TEXT)));
        System.out.println(share.response().text());
        System.out.println("The learner can scan this until " + share.expiresAt());
        LearnerLinkFuture<ShareOutcome> waiting = plugin.waitForLearnerDataAsync(share);
        approve(share.correlationId());
        ShareOutcome outcome = waiting.join();
        System.out.println(outcome.state() + ": " + outcome.message());
        if (outcome.state() == ShareState.SHARED) {
            LearnerRecord record = outcome.record();
            System.out.println(record.firstName() + " " + record.lastName() + ", ULN " + record.uln());
            for (Qualification qualification : record.qualifications()) {
                System.out.println("  " + qualification.title() + ": " + qualification.grade());
            }
        }
    }

    /** Answers in the learner's place, which the sandbox alone can do. */
    private void approve(String correlationId) throws IOException {
        URI uri = URI.create(sandbox + "/_sandbox/shares/" + correlationId + "/approve");
        HttpURLConnection call = (HttpURLConnection) uri.toURL().openConnection();
        call.setRequestMethod("POST");
        call.setRequestProperty("Content-Type", "application/json");
        call.setDoOutput(true);
        try (OutputStream body = call.getOutputStream()) {
            body.write("{\"uln\":\"5123456782\"}".getBytes(StandardCharsets.UTF_8));
        }
        if (call.getResponseCode() != 200) {
            throw new IOException("the sandbox answered " + call.getResponseCode());
        }
    }

    private void match() {
        heading("Learning Records Service: who is this, and what have they learnt?");
        MatchLearnerResponse found = plugin.matchLearner(new MatchLearnerRequest()
                .ukprn(NORTHBRIDGE)
                .user(USER)
                .givenName("Tamsin")
                .familyName("Quillfeather")
                .dateOfBirth("1998-04-12")
                .gender(MatchLearnerRequest.GENDER_FEMALE)
                .lastKnownPostCode("LS11 5QT"));
        System.out.println("match_learner: " + found.outcome());
        Learner learner = found.learners().get(0);
        FetchPlrResponse record = plugin.fetchPlr(new FetchPlrRequest()
                .ukprn(NORTHBRIDGE)
                .user(USER)
                .uln(learner.uln())
                .givenName(learner.givenName())
                .familyName(learner.familyName()));
        System.out.println("fetch_plr: " + record.outcome() + ", learning events:");
        for (LearningEvent event : record.learningEvents()) {
            System.out.println("  " + event.subject() + ": " + event.grade());
        }
    }

    private void linkageKey() {
        heading("NHS IM1: the linkage key of a patient");
        RetrieveLinkageKeyResponse key = plugin.retrieveLinkageKey(new RetrieveLinkageKeyRequest()
                .odsCode("A12345")
                .nhsNumber("9990123403")
                .supplier("native")
                .user("reception"));
        System.out.println("retrieve_linkage_key: " + key.outcome() + ", " + key.linkageKey().substring(0, 4) + "...");
    }

    private void failure() {
        heading("Something that goes wrong");
        plugin.putProfile(new PutProfileRequest()
                .ukprn("10099902")
                .displayName("Southmoor Sixth Form")
                .user(USER)
                .vera(new VeraCredential().clientId("cid-b").clientSecret("not-the-secret")));
        try {
            plugin.generateQrCode("10099902");
        } catch (LearnerLinkAuthenticationException error) {
            System.out.println("Ask your administrator to check the DfE credentials: " + error);
        } catch (LearnerLinkException error) {
            System.out.println(error.retriable() ? "Try again shortly." : error.getMessage());
        }
    }
}
