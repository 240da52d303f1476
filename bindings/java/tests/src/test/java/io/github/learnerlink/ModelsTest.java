package io.github.learnerlink;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.learnerlink.internal.Fields;
import io.github.learnerlink.model.LearnerRecord;
import io.github.learnerlink.model.MatchLearnerRequest;
import io.github.learnerlink.model.PollLearnerDataResponse;
import io.github.learnerlink.model.PutProfileRequest;
import io.github.learnerlink.model.RequestShareRequest;
import io.github.learnerlink.model.RequestShareResponse;
import io.github.learnerlink.model.VeraCredential;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Requests, responses, shares, outcomes, options and exceptions as values. */
@ExtendWith(NothingIsLeftOpen.class)
class ModelsTest {
    private static final String TEXT = "{ \"outcome\":\"shared\",\"message\":\"The learner shared.\","
            + "\"profile\":\"10099901\",\"deadlineAt\":\"2026-11-22T09:00:00.123456789Z\",\"polls\":2,\"record\":{\"uln\":\"5123456782\","
            + "\"ulnValid\":true,\"lastName\":\"Súilleabháin <\",\"primarySENType\":\"SLD\","
            + "\"qualifications\":[{\"title\":\"Maths\",\"grade\":\"A*\",\"underDataChallenge\":false,\"displaySort\":1}],\"schools\":[],"
            + "\"ofNextYear\":{\"a\":[1,null]}},\"alsoNew\":1.5}";

    private final PollLearnerDataResponse polled = PollLearnerDataResponse.fromJson(TEXT);

    @Test
    void aModelHasAccessorsAndWhatIsAbsentIsNullOrEmpty() {
        LearnerRecord record = polled.record();
        assertEquals("SLD", record.primarySenType());
        assertEquals("A*", record.qualifications().get(0).grade());
        assertEquals(1, record.qualifications().get(0).displaySort());
        assertNull(record.firstName());
        assertNull(record.freeSchoolMealEligible());
        assertEquals(List.of(), record.schools());
        assertEquals(PollLearnerDataResponse.OUTCOME_SHARED, polled.outcome());
    }

    @Test
    void unknownKeysAreKeptAndTheTextIsExact() {
        assertEquals(TEXT, polled.rawJson());
        assertEquals(new BigDecimal("1.5"), polled.toMap().get("alsoNew"));
        assertEquals(Map.of("a", Arrays.asList(1L, null)), polled.record().toMap().get("ofNextYear"));
        assertEquals(polled.record(), LearnerRecord.fromJson(polled.record().rawJson()));
        assertTrue(polled.record().rawJson().contains("Súilleabháin <"));
    }

    @Test
    void aModelCannotBeChanged() {
        Map<String, Object> all = polled.toMap();
        assertThrows(UnsupportedOperationException.class, () -> all.put("a", 1));
        assertThrows(UnsupportedOperationException.class, () -> ((Map<?, ?>) all.get("record")).clear());
        assertThrows(UnsupportedOperationException.class, () -> polled.record().schools().clear());
    }

    @Test
    void modelsAreEqualWhenTheirValuesAre() {
        PollLearnerDataResponse same = PollLearnerDataResponse.fromJson(TEXT.replace("{ ", "{"));
        assertEquals(polled, same);
        assertEquals(polled.hashCode(), same.hashCode());
        assertNotEquals(polled, PollLearnerDataResponse.fromJson(TEXT.replace("SLD", "MLD")));
        assertNotEquals(polled, polled.record());
    }

    @Test
    void aTextThatIsNoSuchObjectIsRefusedWithoutQuotingIt() {
        for (String text : List.of("Orla", "[1]", "{\"outcome\":\"Orla\"", "{\"uln\":\"Orla\"}",
                "{\"ulnValid\":[\"Orla\"]}", "{\"ulnValid\":true,\"schools\":\"Orla\"}",
                "{\"ulnValid\":true,\"schools\":[\"Orla\"]}",
                "{\"ulnValid\":true,\"schools\":[{\"displaySort\":\"Orla\"}]}")) {
            IllegalArgumentException error =
                    assertThrows(IllegalArgumentException.class, () -> LearnerRecord.fromJson(text));
            assertFalse(error.toString().contains("Orla"), error.toString());
            assertNull(error.getCause());
        }
    }

    @Test
    void nothingPersonalIsPrinted() {
        ShareOutcome outcome = new ShareOutcome(polled);
        MatchLearnerRequest request = new MatchLearnerRequest().givenName("Orla").familyName("Fennimore");
        String shown = polled + " " + polled.record() + " " + outcome + " " + List.of(outcome.record()) + " " + request;
        for (String personal : List.of("5123456782", "Súilleabháin", "SLD", "Maths", "10099901", "Orla", "Fennimore")) {
            assertFalse(shown.contains(personal), shown);
        }
        assertTrue(shown.contains("outcome=shared") && shown.contains("state=SHARED"), shown);
        assertTrue(shown.contains("LearnerRecord(...)") && shown.contains("MatchLearnerRequest(...)"), shown);
    }

    @Test
    void aRequestIsReadWhenItIsUsedAndTakesPartsAndLists() {
        PutProfileRequest request = new PutProfileRequest()
                .displayName("Zoë \"🎓\"")
                .user(null)
                .vera(new VeraCredential().clientId("c").clientSecret("s"));
        assertEquals(
                "{\"displayName\":\"Zoë \\\"🎓\\\"\",\"vera\":{\"clientId\":\"c\",\"clientSecret\":\"s\"}}",
                io.github.learnerlink.internal.Json.write(request.toMap()));
        request.displayName("changed");
        assertEquals("changed", request.toMap().get("displayName"));
        assertThrows(UnsupportedOperationException.class, () -> request.toMap().clear());
    }

    @Test
    void everyKindOfValueIsWritten() {
        Map<String, Object> all = Fields.parse("{\"a\":[1,2.5,true,null,\"x\",{\"b\":[]}]}").toMap();
        assertEquals("{\"a\":[1,2.5,true,null,\"x\",{\"b\":[]}]}", io.github.learnerlink.internal.Json.write(all));
    }

    @Test
    void exceptionsSurviveSerialization() throws Exception {
        LearnerLinkException error = new LearnerLinkInputException("what", 299, "X", "op",
                "{\"retriable\":true,\"details\":{\"field\":\"uln\"},\"causes\":[\"why\"]}");
        LearnerLinkException again = copied(error);
        assertSame(LearnerLinkInputException.class, again.getClass());
        assertEquals(error.toString(), again.toString());
        assertEquals(error.details(), again.details());
        assertEquals(List.of("why"), again.causes());
        LearnerLinkNativeLibraryException lost =
                copied(new LearnerLinkNativeLibraryException("what", "missing", Map.of("path", "why")));
        assertEquals("missing", lost.hint());
        assertEquals(Map.of("path", "why"), lost.tried());
        assertFalse(lost.retriable());
    }

    @SuppressWarnings("unchecked")
    private static <T> T copied(T object) throws Exception {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(object);
        }
        try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
            return (T) in.readObject();
        }
    }

    @Test
    void anErrorShowsItsCodeAndNeverItsDetails() {
        LearnerLinkException error = new LearnerLinkRemoteException("It failed.", 406, "THROTTLED", "generate_qr",
                "{\"details\":{\"name\":\"Orla\"}}");
        assertEquals("THROTTLED: It failed. (generate_qr, 406)", error.toString());
        assertEquals("It failed.", error.getMessage());
        assertTrue(error.retriable(), "known by its status where the library does not say");
    }

    @Test
    void aShareHasItsImageAndTellsNoSecretWhenPrinted() {
        try (Plugin plugin = Plugin.open(Sandbox.fresh().options())) {
            QrShare share = plugin.generateQrCodeAsync("10099901").join();
            assertArrayEquals(new byte[] {(byte) 0x89, 'P', 'N', 'G'}, Arrays.copyOf(share.imageBytes(), 4));
            assertEquals("image/png", share.mediaType());
            assertTrue(share.dataUri().startsWith("data:image/png;base64,"));
            assertTrue(share.expiresAt().isAfter(Instant.now()));
            assertFalse((share + " " + share.response()).contains(share.correlationId()));
            assertFalse((share + " " + share.response()).contains(share.url()));
            assertSame(ShareState.PENDING, plugin.waitForLearnerData(share, Duration.ZERO).state());
            assertNull(plugin.waitForLearnerData(share.correlationId(), Duration.ZERO).record());
        }
    }

    @Test
    void aRequestToAPhoneIsWaitedForAlike() {
        try (Plugin plugin = Plugin.open(Sandbox.fresh().options())) {
            RequestShareResponse asked = plugin.requestShare(new RequestShareRequest()
                    .ukprn("10099901").mobileNumber("07700900123").dateOfBirth("2008-09-02"));
            assertSame(ShareState.PENDING, plugin.waitForLearnerData(asked.correlationId(), Duration.ZERO).state());
            assertThrows(IllegalArgumentException.class, () -> plugin.waitForLearnerData((String) null, null));
        }
    }

    @Test
    void aWordOfANewerLibraryIsAnotherState() {
        assertSame(ShareState.SHARED, ShareState.of("shared"));
        assertSame(ShareState.OTHER, ShareState.of("postponed"));
    }

    @Test
    void optionsComeFromAFileAndShowNothing(@TempDir Path folder) throws Exception {
        String text = "{\"sandbox\":\"" + Sandbox.fresh().url + "\"}";
        Path file = Files.writeString(folder.resolve("learnerlink.json"), text);
        PluginOptions options = PluginOptions.fromFile(file);
        try (Plugin plugin = Plugin.open(options)) {
            assertEquals("Plugin(open)", plugin.toString());
        }
        assertEquals("PluginOptions(...)", options.toString());
        Files.write(file, new byte[] {(byte) 0xFF});
        assertThrows(UncheckedIOException.class, () -> PluginOptions.fromFile(file));
        assertThrows(UncheckedIOException.class, () -> PluginOptions.fromFile(folder.resolve("none")));
    }
}
