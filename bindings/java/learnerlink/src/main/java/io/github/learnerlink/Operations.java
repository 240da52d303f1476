// Generated from the Rust sources by `cargo run -p headergen`; do not edit.
package io.github.learnerlink;

import io.github.learnerlink.model.*;
import java.util.function.Function;

/**
 * Every operation of the catalogue, in a form that blocks until there is an answer and one that does not. A failure
 * is a {@code LearnerLinkException}, of the class that its code and status choose; that a learner has not shared, or
 * is not found, is none but the {@code outcome} of the response.
 */
public abstract class Operations {
    Operations() {}

    abstract <T> T call(String operation, Request request, Function<String, T> answer);

    abstract <T> LearnerLinkFuture<T> callAsync(String operation, Request request, Function<String, T> answer);

    /**
     * Issues a request to share a record and returns its QR code (pattern A).
     *
     * @param request what is asked with
     * @return the answer, whose outcome is {@code issued}
     */
    public GenerateQrResponse generateQr(GenerateQrRequest request) {
        return call("generate_qr", request, GenerateQrResponse::fromJson);
    }

    /**
     * Issues a request to share a record and returns its QR code (pattern A). Does not block.
     *
     * @param request what is asked with
     * @return the answer to come; the executor of the options completes it
     */
    public LearnerLinkFuture<GenerateQrResponse> generateQrAsync(
            GenerateQrRequest request) {
        return callAsync("generate_qr", request, GenerateQrResponse::fromJson);
    }

    /**
     * Asks whether a learner has shared their record, at once or for up to {@code waitMs} (patterns A and C).
     *
     * @param request what is asked with
     * @return the answer, whose outcome is {@code pending} or {@code shared} or {@code declinedOrExpired} or {@code
     *     timedOut} or {@code cancelled} or {@code noLongerAvailable} or {@code unknown} or {@code failed}
     */
    public PollLearnerDataResponse pollLearnerData(PollLearnerDataRequest request) {
        return call("poll_learner_data", request, PollLearnerDataResponse::fromJson);
    }

    /**
     * Asks whether a learner has shared their record, at once or for up to {@code waitMs} (patterns A and C). Does
     * not block.
     *
     * @param request what is asked with
     * @return the answer to come; the executor of the options completes it
     */
    public LearnerLinkFuture<PollLearnerDataResponse> pollLearnerDataAsync(
            PollLearnerDataRequest request) {
        return callAsync("poll_learner_data", request, PollLearnerDataResponse::fromJson);
    }

    /**
     * Fetches the record of a learner who has already agreed to share it (pattern B).
     *
     * @param request what is asked with
     * @return the answer, whose outcome is {@code shared} or {@code notShared}
     */
    public FetchLearnerDataResponse fetchLearnerData(FetchLearnerDataRequest request) {
        return call("fetch_learner_data", request, FetchLearnerDataResponse::fromJson);
    }

    /**
     * Fetches the record of a learner who has already agreed to share it (pattern B). Does not block.
     *
     * @param request what is asked with
     * @return the answer to come; the executor of the options completes it
     */
    public LearnerLinkFuture<FetchLearnerDataResponse> fetchLearnerDataAsync(
            FetchLearnerDataRequest request) {
        return callAsync("fetch_learner_data", request, FetchLearnerDataResponse::fromJson);
    }

    /**
     * Asks whether a learner with this mobile number and date of birth can be asked to share (pattern C).
     *
     * @param request what is asked with
     * @return the answer, whose outcome is {@code exists} or {@code notEstablished}
     */
    public CheckLearnerResponse checkLearner(CheckLearnerRequest request) {
        return call("check_learner", request, CheckLearnerResponse::fromJson);
    }

    /**
     * Asks whether a learner with this mobile number and date of birth can be asked to share (pattern C). Does not
     * block.
     *
     * @param request what is asked with
     * @return the answer to come; the executor of the options completes it
     */
    public LearnerLinkFuture<CheckLearnerResponse> checkLearnerAsync(
            CheckLearnerRequest request) {
        return callAsync("check_learner", request, CheckLearnerResponse::fromJson);
    }

    /**
     * Sends a learner's phone a request to share and returns the code they must type (pattern C).
     *
     * @param request what is asked with
     * @return the answer, whose outcome is {@code requested} or {@code existing} or {@code mayHaveBeenSent} or {@code
     *     alreadyPending} or {@code notEstablished}
     */
    public RequestShareResponse requestShare(RequestShareRequest request) {
        return call("request_share", request, RequestShareResponse::fromJson);
    }

    /**
     * Sends a learner's phone a request to share and returns the code they must type (pattern C). Does not block.
     *
     * @param request what is asked with
     * @return the answer to come; the executor of the options completes it
     */
    public LearnerLinkFuture<RequestShareResponse> requestShareAsync(
            RequestShareRequest request) {
        return callAsync("request_share", request, RequestShareResponse::fromJson);
    }

    /**
     * Lists the shares in the store, newest first.
     *
     * @param request what is asked with
     * @return the answer, whose outcome is {@code ok}
     */
    public ListSharesResponse listShares(ListSharesRequest request) {
        return call("list_shares", request, ListSharesResponse::fromJson);
    }

    /**
     * Lists the shares in the store, newest first. Does not block.
     *
     * @param request what is asked with
     * @return the answer to come; the executor of the options completes it
     */
    public LearnerLinkFuture<ListSharesResponse> listSharesAsync(
            ListSharesRequest request) {
        return callAsync("list_shares", request, ListSharesResponse::fromJson);
    }

    /**
     * Stops waiting for a learner.
     *
     * @param request what is asked with
     * @return the answer, whose outcome is {@code cancelled} or {@code alreadyEnded}
     */
    public CancelShareResponse cancelShare(CancelShareRequest request) {
        return call("cancel_share", request, CancelShareResponse::fromJson);
    }

    /**
     * Stops waiting for a learner. Does not block.
     *
     * @param request what is asked with
     * @return the answer to come; the executor of the options completes it
     */
    public LearnerLinkFuture<CancelShareResponse> cancelShareAsync(
            CancelShareRequest request) {
        return callAsync("cancel_share", request, CancelShareResponse::fromJson);
    }

    /**
     * Searches the Learning Records Service for a learner by name, date of birth, gender and postcode, or by ULN.
     *
     * @param request what is asked with
     * @return the answer, whose outcome is {@code exactMatch} or {@code possibleMatch} or {@code linkedLearnerMatch}
     *     or {@code tooManyMatches} or {@code noMatch}
     */
    public MatchLearnerResponse matchLearner(MatchLearnerRequest request) {
        return call("match_learner", request, MatchLearnerResponse::fromJson);
    }

    /**
     * Searches the Learning Records Service for a learner by name, date of birth, gender and postcode, or by ULN.
     * Does not block.
     *
     * @param request what is asked with
     * @return the answer to come; the executor of the options completes it
     */
    public LearnerLinkFuture<MatchLearnerResponse> matchLearnerAsync(
            MatchLearnerRequest request) {
        return callAsync("match_learner", request, MatchLearnerResponse::fromJson);
    }

    /**
     * Fetches a personal learning record, by ULN and names or for a person in the match register.
     *
     * @param request what is asked with
     * @return the answer, whose outcome is {@code found} or {@code linked} or {@code notShared} or {@code
     *     notVerified} or {@code notMatched} or {@code noUln}
     */
    public FetchPlrResponse fetchPlr(FetchPlrRequest request) {
        return call("fetch_plr", request, FetchPlrResponse::fromJson);
    }

    /**
     * Fetches a personal learning record, by ULN and names or for a person in the match register. Does not block.
     *
     * @param request what is asked with
     * @return the answer to come; the executor of the options completes it
     */
    public LearnerLinkFuture<FetchPlrResponse> fetchPlrAsync(
            FetchPlrRequest request) {
        return callAsync("fetch_plr", request, FetchPlrResponse::fromJson);
    }

    /**
     * Says which ULN is confirmed for a person.
     *
     * @param request what is asked with
     * @return the answer, whose outcome is {@code matched} or {@code noUln} or {@code notMatched}
     */
    public GetMatchResponse getMatch(GetMatchRequest request) {
        return call("get_match", request, GetMatchResponse::fromJson);
    }

    /**
     * Says which ULN is confirmed for a person. Does not block.
     *
     * @param request what is asked with
     * @return the answer to come; the executor of the options completes it
     */
    public LearnerLinkFuture<GetMatchResponse> getMatchAsync(
            GetMatchRequest request) {
        return callAsync("get_match", request, GetMatchResponse::fromJson);
    }

    /**
     * Confirms which ULN a person has; no two people hold one ULN.
     *
     * @param request what is asked with
     * @return the answer, whose outcome is {@code confirmed} or {@code unchanged} or {@code ulnTaken}
     */
    public ConfirmMatchResponse confirmMatch(ConfirmMatchRequest request) {
        return call("confirm_match", request, ConfirmMatchResponse::fromJson);
    }

    /**
     * Confirms which ULN a person has; no two people hold one ULN. Does not block.
     *
     * @param request what is asked with
     * @return the answer to come; the executor of the options completes it
     */
    public LearnerLinkFuture<ConfirmMatchResponse> confirmMatchAsync(
            ConfirmMatchRequest request) {
        return callAsync("confirm_match", request, ConfirmMatchResponse::fromJson);
    }

    /**
     * Confirms that a person has no ULN.
     *
     * @param request what is asked with
     * @return the answer, whose outcome is {@code confirmed} or {@code unchanged}
     */
    public ConfirmNoMatchResponse confirmNoMatch(ConfirmNoMatchRequest request) {
        return call("confirm_no_match", request, ConfirmNoMatchResponse::fromJson);
    }

    /**
     * Confirms that a person has no ULN. Does not block.
     *
     * @param request what is asked with
     * @return the answer to come; the executor of the options completes it
     */
    public LearnerLinkFuture<ConfirmNoMatchResponse> confirmNoMatchAsync(
            ConfirmNoMatchRequest request) {
        return callAsync("confirm_no_match", request, ConfirmNoMatchResponse::fromJson);
    }

    /**
     * Takes back what was confirmed of a person; the history stays.
     *
     * @param request what is asked with
     * @return the answer, whose outcome is {@code removed} or {@code unchanged}
     */
    public RemoveMatchResponse removeMatch(RemoveMatchRequest request) {
        return call("remove_match", request, RemoveMatchResponse::fromJson);
    }

    /**
     * Takes back what was confirmed of a person; the history stays. Does not block.
     *
     * @param request what is asked with
     * @return the answer to come; the executor of the options completes it
     */
    public LearnerLinkFuture<RemoveMatchResponse> removeMatchAsync(
            RemoveMatchRequest request) {
        return callAsync("remove_match", request, RemoveMatchResponse::fromJson);
    }

    /**
     * Gives all that the match register holds of a person.
     *
     * @param request what is asked with
     * @return the answer, whose outcome is {@code found} or {@code none}
     */
    public SubjectAccessReportResponse subjectAccessReport(SubjectAccessReportRequest request) {
        return call("subject_access_report", request, SubjectAccessReportResponse::fromJson);
    }

    /**
     * Gives all that the match register holds of a person. Does not block.
     *
     * @param request what is asked with
     * @return the answer to come; the executor of the options completes it
     */
    public LearnerLinkFuture<SubjectAccessReportResponse> subjectAccessReportAsync(
            SubjectAccessReportRequest request) {
        return callAsync("subject_access_report", request, SubjectAccessReportResponse::fromJson);
    }

    /**
     * Imports the match register of another installation from a CSV file.
     *
     * @param request what is asked with
     * @return the answer, whose outcome is {@code imported} or {@code partlyImported}
     */
    public ImportMatchesResponse importMatches(ImportMatchesRequest request) {
        return call("import_matches", request, ImportMatchesResponse::fromJson);
    }

    /**
     * Imports the match register of another installation from a CSV file. Does not block.
     *
     * @param request what is asked with
     * @return the answer to come; the executor of the options completes it
     */
    public LearnerLinkFuture<ImportMatchesResponse> importMatchesAsync(
            ImportMatchesRequest request) {
        return callAsync("import_matches", request, ImportMatchesResponse::fromJson);
    }

    /**
     * Writes the match register to a CSV file that only its owner may read.
     *
     * @param request what is asked with
     * @return the answer, whose outcome is {@code exported}
     */
    public ExportMatchesResponse exportMatches(ExportMatchesRequest request) {
        return call("export_matches", request, ExportMatchesResponse::fromJson);
    }

    /**
     * Writes the match register to a CSV file that only its owner may read. Does not block.
     *
     * @param request what is asked with
     * @return the answer to come; the executor of the options completes it
     */
    public LearnerLinkFuture<ExportMatchesResponse> exportMatchesAsync(
            ExportMatchesRequest request) {
        return callAsync("export_matches", request, ExportMatchesResponse::fromJson);
    }

    /**
     * Asks for a student's record, as far as the asking service may see it.
     *
     * @param request what is asked with
     * @return the answer, whose outcome is {@code found} or {@code notFound}
     */
    public GetXsreResponse getXsre(GetXsreRequest request) {
        return call("get_xsre", request, GetXsreResponse::fromJson);
    }

    /**
     * Asks for a student's record, as far as the asking service may see it. Does not block.
     *
     * @param request what is asked with
     * @return the answer to come; the executor of the options completes it
     */
    public LearnerLinkFuture<GetXsreResponse> getXsreAsync(
            GetXsreRequest request) {
        return callAsync("get_xsre", request, GetXsreResponse::fromJson);
    }

    /**
     * Checks the headers with which a SIF request came, once for each request.
     *
     * @param request what is asked with
     * @return the answer, whose outcome is {@code authorized} or {@code refused}
     */
    public AuthorizeSifRequestResponse authorizeSifRequest(AuthorizeSifRequestRequest request) {
        return call("authorize_sif_request", request, AuthorizeSifRequestResponse::fromJson);
    }

    /**
     * Checks the headers with which a SIF request came, once for each request. Does not block.
     *
     * @param request what is asked with
     * @return the answer to come; the executor of the options completes it
     */
    public LearnerLinkFuture<AuthorizeSifRequestResponse> authorizeSifRequestAsync(
            AuthorizeSifRequestRequest request) {
        return callAsync("authorize_sif_request", request, AuthorizeSifRequestResponse::fromJson);
    }

    /**
     * Filters a student's record by data objects or the stylesheet of the Privacy Rules Service.
     *
     * @param request what is asked with
     * @return the answer, whose outcome is {@code filtered}
     */
    public FilterXsreResponse filterXsre(FilterXsreRequest request) {
        return call("filter_xsre", request, FilterXsreResponse::fromJson);
    }

    /**
     * Filters a student's record by data objects or the stylesheet of the Privacy Rules Service. Does not block.
     *
     * @param request what is asked with
     * @return the answer to come; the executor of the options completes it
     */
    public LearnerLinkFuture<FilterXsreResponse> filterXsreAsync(
            FilterXsreRequest request) {
        return callAsync("filter_xsre", request, FilterXsreResponse::fromJson);
    }

    /**
     * Takes rules of the Privacy Rules Service into the store, instead of those that are there.
     *
     * @param request what is asked with
     * @return the answer, whose outcome is {@code imported}
     */
    public ImportSifRulesResponse importSifRules(ImportSifRulesRequest request) {
        return call("import_sif_rules", request, ImportSifRulesResponse::fromJson);
    }

    /**
     * Takes rules of the Privacy Rules Service into the store, instead of those that are there. Does not block.
     *
     * @param request what is asked with
     * @return the answer to come; the executor of the options completes it
     */
    public LearnerLinkFuture<ImportSifRulesResponse> importSifRulesAsync(
            ImportSifRulesRequest request) {
        return callAsync("import_sif_rules", request, ImportSifRulesResponse::fromJson);
    }

    /**
     * Handles a start that the host's own web server received, and says what to answer the receiver.
     *
     * @param request what is asked with
     * @return the answer, whose outcome is {@code associated} or {@code pending} or {@code queued} or {@code
     *     alreadyEnrolled} or {@code alreadyPending} or {@code alreadyQueued} or {@code denied} or {@code
     *     deniedByHome} or {@code notActive} or {@code notYetOpen} or {@code closed} or {@code full} or {@code
     *     invalidRequest} or {@code queueFailed} or {@code loginAgain} or {@code personNotFound} or {@code
     *     backendError} or {@code internalError}
     */
    public StartEnrollmentResponse startEnrollment(StartEnrollmentRequest request) {
        return call("start_enrollment", request, StartEnrollmentResponse::fromJson);
    }

    /**
     * Handles a start that the host's own web server received, and says what to answer the receiver. Does not block.
     *
     * @param request what is asked with
     * @return the answer to come; the executor of the options completes it
     */
    public LearnerLinkFuture<StartEnrollmentResponse> startEnrollmentAsync(
            StartEnrollmentRequest request) {
        return callAsync("start_enrollment", request, StartEnrollmentResponse::fromJson);
    }

    /**
     * Lists enrolments, hands out those to be decided, and waits for new ones.
     *
     * @param request what is asked with
     * @return the answer, whose outcome is {@code ok}
     */
    public ListEnrollmentsResponse listEnrollments(ListEnrollmentsRequest request) {
        return call("list_enrollments", request, ListEnrollmentsResponse::fromJson);
    }

    /**
     * Lists enrolments, hands out those to be decided, and waits for new ones. Does not block.
     *
     * @param request what is asked with
     * @return the answer to come; the executor of the options completes it
     */
    public LearnerLinkFuture<ListEnrollmentsResponse> listEnrollmentsAsync(
            ListEnrollmentsRequest request) {
        return callAsync("list_enrollments", request, ListEnrollmentsResponse::fromJson);
    }

    /**
     * Decides about an application.
     *
     * @param request what is asked with
     * @return the answer, whose outcome is {@code decided} or {@code unchanged} or {@code alreadyDecided} or {@code
     *     ended} or {@code illegalTransition} or {@code notFound}
     */
    public DecideEnrollmentResponse decideEnrollment(DecideEnrollmentRequest request) {
        return call("decide_enrollment", request, DecideEnrollmentResponse::fromJson);
    }

    /**
     * Decides about an application. Does not block.
     *
     * @param request what is asked with
     * @return the answer to come; the executor of the options completes it
     */
    public LearnerLinkFuture<DecideEnrollmentResponse> decideEnrollmentAsync(
            DecideEnrollmentRequest request) {
        return callAsync("decide_enrollment", request, DecideEnrollmentResponse::fromJson);
    }

    /**
     * Tries to create the association of an enrolment at the home institution now.
     *
     * @param request what is asked with
     * @return the answer, whose outcome is {@code created} or {@code alreadyCreated} or {@code kept} or {@code
     *     loginAgain} or {@code parked} or {@code ended} or {@code notFound}
     */
    public CreateAssociationResponse createAssociation(CreateAssociationRequest request) {
        return call("create_association", request, CreateAssociationResponse::fromJson);
    }

    /**
     * Tries to create the association of an enrolment at the home institution now. Does not block.
     *
     * @param request what is asked with
     * @return the answer to come; the executor of the options completes it
     */
    public LearnerLinkFuture<CreateAssociationResponse> createAssociationAsync(
            CreateAssociationRequest request) {
        return callAsync("create_association", request, CreateAssociationResponse::fromJson);
    }

    /**
     * Changes the host's state of an enrolment and tells the home institution.
     *
     * @param request what is asked with
     * @return the answer, whose outcome is {@code sent} or {@code unchanged} or {@code kept} or {@code
     *     illegalTransition} or {@code notFound}
     */
    public UpdateAssociationResponse updateAssociation(UpdateAssociationRequest request) {
        return call("update_association", request, UpdateAssociationResponse::fromJson);
    }

    /**
     * Changes the host's state of an enrolment and tells the home institution. Does not block.
     *
     * @param request what is asked with
     * @return the answer to come; the executor of the options completes it
     */
    public LearnerLinkFuture<UpdateAssociationResponse> updateAssociationAsync(
            UpdateAssociationRequest request) {
        return callAsync("update_association", request, UpdateAssociationResponse::fromJson);
    }

    /**
     * Asks the home institution how it stands with an association.
     *
     * @param request what is asked with
     * @return the answer, whose outcome is {@code found} or {@code notCreated} or {@code untracked} or {@code
     *     loginAgain} or {@code notFound}
     */
    public GetAssociationResponse getAssociation(GetAssociationRequest request) {
        return call("get_association", request, GetAssociationResponse::fromJson);
    }

    /**
     * Asks the home institution how it stands with an association. Does not block.
     *
     * @param request what is asked with
     * @return the answer to come; the executor of the options completes it
     */
    public LearnerLinkFuture<GetAssociationResponse> getAssociationAsync(
            GetAssociationRequest request) {
        return callAsync("get_association", request, GetAssociationResponse::fromJson);
    }

    /**
     * Asks the home institution whether a student is still actively enrolled there.
     *
     * @param request what is asked with
     * @return the answer, whose outcome is {@code active} or {@code inactive} or {@code unknown} or {@code
     *     personNotFound} or {@code loginAgain} or {@code notFound}
     */
    public GetPersonResponse getPerson(GetPersonRequest request) {
        return call("get_person", request, GetPersonResponse::fromJson);
    }

    /**
     * Asks the home institution whether a student is still actively enrolled there. Does not block.
     *
     * @param request what is asked with
     * @return the answer to come; the executor of the options completes it
     */
    public LearnerLinkFuture<GetPersonResponse> getPersonAsync(
            GetPersonRequest request) {
        return callAsync("get_person", request, GetPersonResponse::fromJson);
    }

    /**
     * Sends a student's result to the home institution.
     *
     * @param request what is asked with
     * @return the answer, whose outcome is {@code sent} or {@code unchanged} or {@code kept} or {@code notAssociated}
     *     or {@code notFound}
     */
    public SendResultsResponse sendResults(SendResultsRequest request) {
        return call("send_results", request, SendResultsResponse::fromJson);
    }

    /**
     * Sends a student's result to the home institution. Does not block.
     *
     * @param request what is asked with
     * @return the answer to come; the executor of the options completes it
     */
    public LearnerLinkFuture<SendResultsResponse> sendResultsAsync(
            SendResultsRequest request) {
        return callAsync("send_results", request, SendResultsResponse::fromJson);
    }

    /**
     * Sends to home institutions what is due, or everything.
     *
     * @param request what is asked with
     * @return the answer, whose outcome is {@code flushed} or {@code empty}
     */
    public FlushOutboxResponse flushOutbox(FlushOutboxRequest request) {
        return call("flush_outbox", request, FlushOutboxResponse::fromJson);
    }

    /**
     * Sends to home institutions what is due, or everything. Does not block.
     *
     * @param request what is asked with
     * @return the answer to come; the executor of the options completes it
     */
    public LearnerLinkFuture<FlushOutboxResponse> flushOutboxAsync(
            FlushOutboxRequest request) {
        return callAsync("flush_outbox", request, FlushOutboxResponse::fromJson);
    }

    /**
     * Says what to do with something that could not be delivered and needs somebody to look at it.
     *
     * @param request what is asked with
     * @return the answer, whose outcome is {@code resolved} or {@code notWaiting} or {@code notFound}
     */
    public ResolveDeliveryResponse resolveDelivery(ResolveDeliveryRequest request) {
        return call("resolve_delivery", request, ResolveDeliveryResponse::fromJson);
    }

    /**
     * Says what to do with something that could not be delivered and needs somebody to look at it. Does not block.
     *
     * @param request what is asked with
     * @return the answer to come; the executor of the options completes it
     */
    public LearnerLinkFuture<ResolveDeliveryResponse> resolveDeliveryAsync(
            ResolveDeliveryRequest request) {
        return callAsync("resolve_delivery", request, ResolveDeliveryResponse::fromJson);
    }

    /**
     * Asks for the linkage key of a patient, from our own register or a supplier's system.
     *
     * @param request what is asked with
     * @return the answer, whose outcome is {@code ok} or {@code odsNotFound} or {@code odsBlocked} or {@code
     *     patientNotFound} or {@code patientBlocked} or {@code keyRevoked} or {@code noLinkageKey} or {@code
     *     retrieveFailed}
     */
    public RetrieveLinkageKeyResponse retrieveLinkageKey(RetrieveLinkageKeyRequest request) {
        return call("retrieve_linkage_key", request, RetrieveLinkageKeyResponse::fromJson);
    }

    /**
     * Asks for the linkage key of a patient, from our own register or a supplier's system. Does not block.
     *
     * @param request what is asked with
     * @return the answer to come; the executor of the options completes it
     */
    public LearnerLinkFuture<RetrieveLinkageKeyResponse> retrieveLinkageKeyAsync(
            RetrieveLinkageKeyRequest request) {
        return callAsync("retrieve_linkage_key", request, RetrieveLinkageKeyResponse::fromJson);
    }

    /**
     * Makes a linkage key for a patient who has none in force.
     *
     * @param request what is asked with
     * @return the answer, whose outcome is {@code ok} or {@code odsNotFound} or {@code odsBlocked} or {@code
     *     patientNotFound} or {@code patientBlocked} or {@code keyAlreadyExists} or {@code keyRevoked} or {@code
     *     noLinkageKey} or {@code createFailed}
     */
    public CreateLinkageKeyResponse createLinkageKey(CreateLinkageKeyRequest request) {
        return call("create_linkage_key", request, CreateLinkageKeyResponse::fromJson);
    }

    /**
     * Makes a linkage key for a patient who has none in force. Does not block.
     *
     * @param request what is asked with
     * @return the answer to come; the executor of the options completes it
     */
    public LearnerLinkFuture<CreateLinkageKeyResponse> createLinkageKeyAsync(
            CreateLinkageKeyRequest request) {
        return callAsync("create_linkage_key", request, CreateLinkageKeyResponse::fromJson);
    }

    /**
     * Asks for the linkage key of a patient, and has one made when there is none.
     *
     * @param request what is asked with
     * @return the answer, whose outcome is {@code ok} or {@code odsNotFound} or {@code odsBlocked} or {@code
     *     patientNotFound} or {@code patientBlocked} or {@code keyRevoked} or {@code noLinkageKey} or {@code
     *     keyAlreadyExists} or {@code retrieveFailed} or {@code createFailed}
     */
    public RetrieveOrCreateLinkageKeyResponse retrieveOrCreateLinkageKey(RetrieveOrCreateLinkageKeyRequest request) {
        return call("retrieve_or_create_linkage_key", request, RetrieveOrCreateLinkageKeyResponse::fromJson);
    }

    /**
     * Asks for the linkage key of a patient, and has one made when there is none. Does not block.
     *
     * @param request what is asked with
     * @return the answer to come; the executor of the options completes it
     */
    public LearnerLinkFuture<RetrieveOrCreateLinkageKeyResponse> retrieveOrCreateLinkageKeyAsync(
            RetrieveOrCreateLinkageKeyRequest request) {
        return callAsync("retrieve_or_create_linkage_key", request, RetrieveOrCreateLinkageKeyResponse::fromJson);
    }

    /**
     * Revokes a patient's linkage key in our own register; it never becomes valid again.
     *
     * @param request what is asked with
     * @return the answer, whose outcome is {@code revoked} or {@code unchanged} or {@code noLinkageKey} or {@code
     *     odsNotFound} or {@code patientNotFound}
     */
    public RevokeLinkageKeyResponse revokeLinkageKey(RevokeLinkageKeyRequest request) {
        return call("revoke_linkage_key", request, RevokeLinkageKeyResponse::fromJson);
    }

    /**
     * Revokes a patient's linkage key in our own register; it never becomes valid again. Does not block.
     *
     * @param request what is asked with
     * @return the answer to come; the executor of the options completes it
     */
    public LearnerLinkFuture<RevokeLinkageKeyResponse> revokeLinkageKeyAsync(
            RevokeLinkageKeyRequest request) {
        return callAsync("revoke_linkage_key", request, RevokeLinkageKeyResponse::fromJson);
    }

    /**
     * Blocks or unblocks a patient or an organisation in our own register.
     *
     * @param request what is asked with
     * @return the answer, whose outcome is {@code changed} or {@code unchanged} or {@code odsNotFound} or {@code
     *     patientNotFound}
     */
    public SetLinkageAccessResponse setLinkageAccess(SetLinkageAccessRequest request) {
        return call("set_linkage_access", request, SetLinkageAccessResponse::fromJson);
    }

    /**
     * Blocks or unblocks a patient or an organisation in our own register. Does not block.
     *
     * @param request what is asked with
     * @return the answer to come; the executor of the options completes it
     */
    public LearnerLinkFuture<SetLinkageAccessResponse> setLinkageAccessAsync(
            SetLinkageAccessRequest request) {
        return callAsync("set_linkage_access", request, SetLinkageAccessResponse::fromJson);
    }

    /**
     * Checks an account id and linkage key that somebody presents against our own register.
     *
     * @param request what is asked with
     * @return the answer, whose outcome is {@code valid} or {@code notValid}
     */
    public CheckLinkageKeyResponse checkLinkageKey(CheckLinkageKeyRequest request) {
        return call("check_linkage_key", request, CheckLinkageKeyResponse::fromJson);
    }

    /**
     * Checks an account id and linkage key that somebody presents against our own register. Does not block.
     *
     * @param request what is asked with
     * @return the answer to come; the executor of the options completes it
     */
    public LearnerLinkFuture<CheckLinkageKeyResponse> checkLinkageKeyAsync(
            CheckLinkageKeyRequest request) {
        return callAsync("check_linkage_key", request, CheckLinkageKeyResponse::fromJson);
    }

    /**
     * Imports organisations, patients, accounts and linkage keys from a file into our own register.
     *
     * @param request what is asked with
     * @return the answer, whose outcome is {@code imported} or {@code partlyImported} or {@code refused}
     */
    public ImportRegisterResponse importRegister(ImportRegisterRequest request) {
        return call("import_register", request, ImportRegisterResponse::fromJson);
    }

    /**
     * Imports organisations, patients, accounts and linkage keys from a file into our own register. Does not block.
     *
     * @param request what is asked with
     * @return the answer to come; the executor of the options completes it
     */
    public LearnerLinkFuture<ImportRegisterResponse> importRegisterAsync(
            ImportRegisterRequest request) {
        return callAsync("import_register", request, ImportRegisterResponse::fromJson);
    }

    /**
     * Writes our own register to a file, sealed under a passphrase or without its linkage keys.
     *
     * @param request what is asked with
     * @return the answer, whose outcome is {@code exported}
     */
    public ExportRegisterResponse exportRegister(ExportRegisterRequest request) {
        return call("export_register", request, ExportRegisterResponse::fromJson);
    }

    /**
     * Writes our own register to a file, sealed under a passphrase or without its linkage keys. Does not block.
     *
     * @param request what is asked with
     * @return the answer to come; the executor of the options completes it
     */
    public LearnerLinkFuture<ExportRegisterResponse> exportRegisterAsync(
            ExportRegisterRequest request) {
        return callAsync("export_register", request, ExportRegisterResponse::fromJson);
    }

    /**
     * Adds or changes a provider and its credentials, which are sealed.
     *
     * @param request what is asked with
     * @return the answer, whose outcome is {@code ok}
     */
    public PutProfileResponse putProfile(PutProfileRequest request) {
        return call("put_profile", request, PutProfileResponse::fromJson);
    }

    /**
     * Adds or changes a provider and its credentials, which are sealed. Does not block.
     *
     * @param request what is asked with
     * @return the answer to come; the executor of the options completes it
     */
    public LearnerLinkFuture<PutProfileResponse> putProfileAsync(
            PutProfileRequest request) {
        return callAsync("put_profile", request, PutProfileResponse::fromJson);
    }

    /**
     * Lists the providers, without their secrets.
     *
     * @param request what is asked with
     * @return the answer, whose outcome is {@code ok}
     */
    public ListProfilesResponse listProfiles(ListProfilesRequest request) {
        return call("list_profiles", request, ListProfilesResponse::fromJson);
    }

    /**
     * Lists the providers, without their secrets. Does not block.
     *
     * @param request what is asked with
     * @return the answer to come; the executor of the options completes it
     */
    public LearnerLinkFuture<ListProfilesResponse> listProfilesAsync(
            ListProfilesRequest request) {
        return callAsync("list_profiles", request, ListProfilesResponse::fromJson);
    }

    /**
     * Removes a provider and its credentials.
     *
     * @param request what is asked with
     * @return the answer, whose outcome is {@code ok}
     */
    public RemoveProfileResponse removeProfile(RemoveProfileRequest request) {
        return call("remove_profile", request, RemoveProfileResponse::fromJson);
    }

    /**
     * Removes a provider and its credentials. Does not block.
     *
     * @param request what is asked with
     * @return the answer to come; the executor of the options completes it
     */
    public LearnerLinkFuture<RemoveProfileResponse> removeProfileAsync(
            RemoveProfileRequest request) {
        return callAsync("remove_profile", request, RemoveProfileResponse::fromJson);
    }

    /**
     * Reads the audit trail.
     *
     * @param request what is asked with
     * @return the answer, whose outcome is {@code ok}
     */
    public QueryAuditResponse queryAudit(QueryAuditRequest request) {
        return call("query_audit", request, QueryAuditResponse::fromJson);
    }

    /**
     * Reads the audit trail. Does not block.
     *
     * @param request what is asked with
     * @return the answer to come; the executor of the options completes it
     */
    public LearnerLinkFuture<QueryAuditResponse> queryAuditAsync(
            QueryAuditRequest request) {
        return callAsync("query_audit", request, QueryAuditResponse::fromJson);
    }

    /**
     * Checks that the audit trail is complete and unaltered.
     *
     * @param request what is asked with
     * @return the answer, whose outcome is {@code intact} or {@code altered} or {@code incomplete}
     */
    public VerifyAuditResponse verifyAudit(VerifyAuditRequest request) {
        return call("verify_audit", request, VerifyAuditResponse::fromJson);
    }

    /**
     * Checks that the audit trail is complete and unaltered. Does not block.
     *
     * @param request what is asked with
     * @return the answer to come; the executor of the options completes it
     */
    public LearnerLinkFuture<VerifyAuditResponse> verifyAuditAsync(
            VerifyAuditRequest request) {
        return callAsync("verify_audit", request, VerifyAuditResponse::fromJson);
    }

    /**
     * Removes what is older than its retention.
     *
     * @param request what is asked with
     * @return the answer, whose outcome is {@code ok}
     */
    public PurgeResponse purge(PurgeRequest request) {
        return call("purge", request, PurgeResponse::fromJson);
    }

    /**
     * Removes what is older than its retention. Does not block.
     *
     * @param request what is asked with
     * @return the answer to come; the executor of the options completes it
     */
    public LearnerLinkFuture<PurgeResponse> purgeAsync(
            PurgeRequest request) {
        return callAsync("purge", request, PurgeResponse::fromJson);
    }

    /**
     * Seals everything anew under a new key.
     *
     * @param request what is asked with
     * @return the answer, whose outcome is {@code ok}
     */
    public RotateKeyResponse rotateKey(RotateKeyRequest request) {
        return call("rotate_key", request, RotateKeyResponse::fromJson);
    }

    /**
     * Seals everything anew under a new key. Does not block.
     *
     * @param request what is asked with
     * @return the answer to come; the executor of the options completes it
     */
    public LearnerLinkFuture<RotateKeyResponse> rotateKeyAsync(
            RotateKeyRequest request) {
        return callAsync("rotate_key", request, RotateKeyResponse::fromJson);
    }

    /**
     * Starts to serve the interfaces that the configuration's {@code listener} section describes.
     *
     * @param request what is asked with
     * @return the answer, whose outcome is {@code started} or {@code alreadyRunning}
     */
    public StartListenerResponse startListener(StartListenerRequest request) {
        return call("start_listener", request, StartListenerResponse::fromJson);
    }

    /**
     * Starts to serve the interfaces that the configuration's {@code listener} section describes. Does not block.
     *
     * @param request what is asked with
     * @return the answer to come; the executor of the options completes it
     */
    public LearnerLinkFuture<StartListenerResponse> startListenerAsync(
            StartListenerRequest request) {
        return callAsync("start_listener", request, StartListenerResponse::fromJson);
    }

    /**
     * Stops to serve, letting requests under way end.
     *
     * @param request what is asked with
     * @return the answer, whose outcome is {@code stopped} or {@code notRunning}
     */
    public StopListenerResponse stopListener(StopListenerRequest request) {
        return call("stop_listener", request, StopListenerResponse::fromJson);
    }

    /**
     * Stops to serve, letting requests under way end. Does not block.
     *
     * @param request what is asked with
     * @return the answer to come; the executor of the options completes it
     */
    public LearnerLinkFuture<StopListenerResponse> stopListenerAsync(
            StopListenerRequest request) {
        return callAsync("stop_listener", request, StopListenerResponse::fromJson);
    }

    /**
     * Tells whether the plugin can work.
     *
     * @param request what is asked with
     * @return the answer, whose outcome is {@code ok} or {@code degraded}
     */
    public HealthResponse health(HealthRequest request) {
        return call("health", request, HealthResponse::fromJson);
    }

    /**
     * Tells whether the plugin can work. Does not block.
     *
     * @param request what is asked with
     * @return the answer to come; the executor of the options completes it
     */
    public LearnerLinkFuture<HealthResponse> healthAsync(
            HealthRequest request) {
        return callAsync("health", request, HealthResponse::fromJson);
    }

    /**
     * Starts to run an operation for every row of a file, or checks the rows without running anything.
     *
     * @param request what is asked with
     * @return the answer, whose outcome is {@code started} or {@code validated} or {@code invalid}
     */
    public StartBatchResponse startBatch(StartBatchRequest request) {
        return call("start_batch", request, StartBatchResponse::fromJson);
    }

    /**
     * Starts to run an operation for every row of a file, or checks the rows without running anything. Does not
     * block.
     *
     * @param request what is asked with
     * @return the answer to come; the executor of the options completes it
     */
    public LearnerLinkFuture<StartBatchResponse> startBatchAsync(
            StartBatchRequest request) {
        return callAsync("start_batch", request, StartBatchResponse::fromJson);
    }

    /**
     * Tells how far a batch has come, at once or when it ends.
     *
     * @param request what is asked with
     * @return the answer, whose outcome is {@code running} or {@code done} or {@code doneWithErrors} or {@code
     *     cancelled} or {@code interrupted} or {@code failed}
     */
    public BatchStatusResponse batchStatus(BatchStatusRequest request) {
        return call("batch_status", request, BatchStatusResponse::fromJson);
    }

    /**
     * Tells how far a batch has come, at once or when it ends. Does not block.
     *
     * @param request what is asked with
     * @return the answer to come; the executor of the options completes it
     */
    public LearnerLinkFuture<BatchStatusResponse> batchStatusAsync(
            BatchStatusRequest request) {
        return callAsync("batch_status", request, BatchStatusResponse::fromJson);
    }

    /**
     * Goes on with a batch that has ended early, without repeating a row that is done.
     *
     * @param request what is asked with
     * @return the answer, whose outcome is {@code resumed} or {@code running} or {@code finished}
     */
    public ResumeBatchResponse resumeBatch(ResumeBatchRequest request) {
        return call("resume_batch", request, ResumeBatchResponse::fromJson);
    }

    /**
     * Goes on with a batch that has ended early, without repeating a row that is done. Does not block.
     *
     * @param request what is asked with
     * @return the answer to come; the executor of the options completes it
     */
    public LearnerLinkFuture<ResumeBatchResponse> resumeBatchAsync(
            ResumeBatchRequest request) {
        return callAsync("resume_batch", request, ResumeBatchResponse::fromJson);
    }

    /**
     * Lists batches, newest first.
     *
     * @param request what is asked with
     * @return the answer, whose outcome is {@code ok}
     */
    public ListBatchesResponse listBatches(ListBatchesRequest request) {
        return call("list_batches", request, ListBatchesResponse::fromJson);
    }

    /**
     * Lists batches, newest first. Does not block.
     *
     * @param request what is asked with
     * @return the answer to come; the executor of the options completes it
     */
    public LearnerLinkFuture<ListBatchesResponse> listBatchesAsync(
            ListBatchesRequest request) {
        return callAsync("list_batches", request, ListBatchesResponse::fromJson);
    }

    /**
     * Ends a batch; what is done is kept, and it can be resumed.
     *
     * @param request what is asked with
     * @return the answer, whose outcome is {@code cancelled} or {@code notRunning}
     */
    public CancelBatchResponse cancelBatch(CancelBatchRequest request) {
        return call("cancel_batch", request, CancelBatchResponse::fromJson);
    }

    /**
     * Ends a batch; what is done is kept, and it can be resumed. Does not block.
     *
     * @param request what is asked with
     * @return the answer to come; the executor of the options completes it
     */
    public LearnerLinkFuture<CancelBatchResponse> cancelBatchAsync(
            CancelBatchRequest request) {
        return callAsync("cancel_batch", request, CancelBatchResponse::fromJson);
    }
}
