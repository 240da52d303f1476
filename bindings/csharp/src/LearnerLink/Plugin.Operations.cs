// Generated from the Rust sources by `cargo run -p headergen`; do not edit.

using System.Threading;
using System.Threading.Tasks;

namespace LearnerLink
{
    // The operations of the catalogue.
    public sealed partial class Plugin
    {
        /// <summary>Issues a request to share a record and returns its QR code (pattern A).</summary>
        /// <param name="request">What to ask for.</param>
        /// <returns>The answer; <see cref="GenerateQrResponse.Outcomes"/> lists its outcomes.</returns>
        public GenerateQrResponse GenerateQr(GenerateQrRequest request = null)
        {
            return Call("generate_qr", request, GenerateQrResponse.FromJson);
        }

        /// <summary>Issues a request to share a record and returns its QR code (pattern A).</summary>
        /// <param name="request">What to ask for.</param>
        /// <param name="cancel">Stops the work.</param>
        /// <returns>The answer; <see cref="GenerateQrResponse.Outcomes"/> lists its outcomes.</returns>
        public Task<GenerateQrResponse> GenerateQrAsync(
            GenerateQrRequest request = null, CancellationToken cancel = default(CancellationToken))
        {
            return CallAsync("generate_qr", request, GenerateQrResponse.FromJson, cancel);
        }

        /// <summary>
        /// Asks whether a learner has shared their record, at once or for up to <c>waitMs</c> (patterns A and C).
        /// </summary>
        /// <param name="request">What to ask for.</param>
        /// <returns>The answer; <see cref="PollLearnerDataResponse.Outcomes"/> lists its outcomes.</returns>
        public PollLearnerDataResponse PollLearnerData(PollLearnerDataRequest request)
        {
            return Call("poll_learner_data", request, PollLearnerDataResponse.FromJson);
        }

        /// <summary>
        /// Asks whether a learner has shared their record, at once or for up to <c>waitMs</c> (patterns A and C).
        /// </summary>
        /// <param name="request">What to ask for.</param>
        /// <param name="cancel">Stops the work.</param>
        /// <returns>The answer; <see cref="PollLearnerDataResponse.Outcomes"/> lists its outcomes.</returns>
        public Task<PollLearnerDataResponse> PollLearnerDataAsync(
            PollLearnerDataRequest request, CancellationToken cancel = default(CancellationToken))
        {
            return CallAsync("poll_learner_data", request, PollLearnerDataResponse.FromJson, cancel);
        }

        /// <summary>Fetches the record of a learner who has already agreed to share it (pattern B).</summary>
        /// <param name="request">What to ask for.</param>
        /// <returns>The answer; <see cref="FetchLearnerDataResponse.Outcomes"/> lists its outcomes.</returns>
        public FetchLearnerDataResponse FetchLearnerData(FetchLearnerDataRequest request)
        {
            return Call("fetch_learner_data", request, FetchLearnerDataResponse.FromJson);
        }

        /// <summary>Fetches the record of a learner who has already agreed to share it (pattern B).</summary>
        /// <param name="request">What to ask for.</param>
        /// <param name="cancel">Stops the work.</param>
        /// <returns>The answer; <see cref="FetchLearnerDataResponse.Outcomes"/> lists its outcomes.</returns>
        public Task<FetchLearnerDataResponse> FetchLearnerDataAsync(
            FetchLearnerDataRequest request, CancellationToken cancel = default(CancellationToken))
        {
            return CallAsync("fetch_learner_data", request, FetchLearnerDataResponse.FromJson, cancel);
        }

        /// <summary>
        /// Asks whether a learner with this mobile number and date of birth can be asked to share (pattern C).
        /// </summary>
        /// <param name="request">What to ask for.</param>
        /// <returns>The answer; <see cref="CheckLearnerResponse.Outcomes"/> lists its outcomes.</returns>
        public CheckLearnerResponse CheckLearner(CheckLearnerRequest request)
        {
            return Call("check_learner", request, CheckLearnerResponse.FromJson);
        }

        /// <summary>
        /// Asks whether a learner with this mobile number and date of birth can be asked to share (pattern C).
        /// </summary>
        /// <param name="request">What to ask for.</param>
        /// <param name="cancel">Stops the work.</param>
        /// <returns>The answer; <see cref="CheckLearnerResponse.Outcomes"/> lists its outcomes.</returns>
        public Task<CheckLearnerResponse> CheckLearnerAsync(
            CheckLearnerRequest request, CancellationToken cancel = default(CancellationToken))
        {
            return CallAsync("check_learner", request, CheckLearnerResponse.FromJson, cancel);
        }

        /// <summary>
        /// Sends a learner's phone a request to share and returns the code they must type (pattern C).
        /// </summary>
        /// <param name="request">What to ask for.</param>
        /// <returns>The answer; <see cref="RequestShareResponse.Outcomes"/> lists its outcomes.</returns>
        public RequestShareResponse RequestShare(RequestShareRequest request)
        {
            return Call("request_share", request, RequestShareResponse.FromJson);
        }

        /// <summary>
        /// Sends a learner's phone a request to share and returns the code they must type (pattern C).
        /// </summary>
        /// <param name="request">What to ask for.</param>
        /// <param name="cancel">Stops the work.</param>
        /// <returns>The answer; <see cref="RequestShareResponse.Outcomes"/> lists its outcomes.</returns>
        public Task<RequestShareResponse> RequestShareAsync(
            RequestShareRequest request, CancellationToken cancel = default(CancellationToken))
        {
            return CallAsync("request_share", request, RequestShareResponse.FromJson, cancel);
        }

        /// <summary>Lists the shares in the store, newest first.</summary>
        /// <param name="request">What to ask for.</param>
        /// <returns>The answer; <see cref="ListSharesResponse.Outcomes"/> lists its outcomes.</returns>
        public ListSharesResponse ListShares(ListSharesRequest request = null)
        {
            return Call("list_shares", request, ListSharesResponse.FromJson);
        }

        /// <summary>Lists the shares in the store, newest first.</summary>
        /// <param name="request">What to ask for.</param>
        /// <param name="cancel">Stops the work.</param>
        /// <returns>The answer; <see cref="ListSharesResponse.Outcomes"/> lists its outcomes.</returns>
        public Task<ListSharesResponse> ListSharesAsync(
            ListSharesRequest request = null, CancellationToken cancel = default(CancellationToken))
        {
            return CallAsync("list_shares", request, ListSharesResponse.FromJson, cancel);
        }

        /// <summary>Stops waiting for a learner.</summary>
        /// <param name="request">What to ask for.</param>
        /// <returns>The answer; <see cref="CancelShareResponse.Outcomes"/> lists its outcomes.</returns>
        public CancelShareResponse CancelShare(CancelShareRequest request)
        {
            return Call("cancel_share", request, CancelShareResponse.FromJson);
        }

        /// <summary>Stops waiting for a learner.</summary>
        /// <param name="request">What to ask for.</param>
        /// <param name="cancel">Stops the work.</param>
        /// <returns>The answer; <see cref="CancelShareResponse.Outcomes"/> lists its outcomes.</returns>
        public Task<CancelShareResponse> CancelShareAsync(
            CancelShareRequest request, CancellationToken cancel = default(CancellationToken))
        {
            return CallAsync("cancel_share", request, CancelShareResponse.FromJson, cancel);
        }

        /// <summary>
        /// Searches the Learning Records Service for a learner by name, date of birth, gender and postcode, or by
        /// ULN.
        /// </summary>
        /// <param name="request">What to ask for.</param>
        /// <returns>The answer; <see cref="MatchLearnerResponse.Outcomes"/> lists its outcomes.</returns>
        public MatchLearnerResponse MatchLearner(MatchLearnerRequest request)
        {
            return Call("match_learner", request, MatchLearnerResponse.FromJson);
        }

        /// <summary>
        /// Searches the Learning Records Service for a learner by name, date of birth, gender and postcode, or by
        /// ULN.
        /// </summary>
        /// <param name="request">What to ask for.</param>
        /// <param name="cancel">Stops the work.</param>
        /// <returns>The answer; <see cref="MatchLearnerResponse.Outcomes"/> lists its outcomes.</returns>
        public Task<MatchLearnerResponse> MatchLearnerAsync(
            MatchLearnerRequest request, CancellationToken cancel = default(CancellationToken))
        {
            return CallAsync("match_learner", request, MatchLearnerResponse.FromJson, cancel);
        }

        /// <summary>
        /// Fetches a personal learning record, by ULN and names or for a person in the match register.
        /// </summary>
        /// <param name="request">What to ask for.</param>
        /// <returns>The answer; <see cref="FetchPlrResponse.Outcomes"/> lists its outcomes.</returns>
        public FetchPlrResponse FetchPlr(FetchPlrRequest request = null)
        {
            return Call("fetch_plr", request, FetchPlrResponse.FromJson);
        }

        /// <summary>
        /// Fetches a personal learning record, by ULN and names or for a person in the match register.
        /// </summary>
        /// <param name="request">What to ask for.</param>
        /// <param name="cancel">Stops the work.</param>
        /// <returns>The answer; <see cref="FetchPlrResponse.Outcomes"/> lists its outcomes.</returns>
        public Task<FetchPlrResponse> FetchPlrAsync(
            FetchPlrRequest request = null, CancellationToken cancel = default(CancellationToken))
        {
            return CallAsync("fetch_plr", request, FetchPlrResponse.FromJson, cancel);
        }

        /// <summary>Says which ULN is confirmed for a person.</summary>
        /// <param name="request">What to ask for.</param>
        /// <returns>The answer; <see cref="GetMatchResponse.Outcomes"/> lists its outcomes.</returns>
        public GetMatchResponse GetMatch(GetMatchRequest request)
        {
            return Call("get_match", request, GetMatchResponse.FromJson);
        }

        /// <summary>Says which ULN is confirmed for a person.</summary>
        /// <param name="request">What to ask for.</param>
        /// <param name="cancel">Stops the work.</param>
        /// <returns>The answer; <see cref="GetMatchResponse.Outcomes"/> lists its outcomes.</returns>
        public Task<GetMatchResponse> GetMatchAsync(
            GetMatchRequest request, CancellationToken cancel = default(CancellationToken))
        {
            return CallAsync("get_match", request, GetMatchResponse.FromJson, cancel);
        }

        /// <summary>Confirms which ULN a person has; no two people hold one ULN.</summary>
        /// <param name="request">What to ask for.</param>
        /// <returns>The answer; <see cref="ConfirmMatchResponse.Outcomes"/> lists its outcomes.</returns>
        public ConfirmMatchResponse ConfirmMatch(ConfirmMatchRequest request)
        {
            return Call("confirm_match", request, ConfirmMatchResponse.FromJson);
        }

        /// <summary>Confirms which ULN a person has; no two people hold one ULN.</summary>
        /// <param name="request">What to ask for.</param>
        /// <param name="cancel">Stops the work.</param>
        /// <returns>The answer; <see cref="ConfirmMatchResponse.Outcomes"/> lists its outcomes.</returns>
        public Task<ConfirmMatchResponse> ConfirmMatchAsync(
            ConfirmMatchRequest request, CancellationToken cancel = default(CancellationToken))
        {
            return CallAsync("confirm_match", request, ConfirmMatchResponse.FromJson, cancel);
        }

        /// <summary>Confirms that a person has no ULN.</summary>
        /// <param name="request">What to ask for.</param>
        /// <returns>The answer; <see cref="ConfirmNoMatchResponse.Outcomes"/> lists its outcomes.</returns>
        public ConfirmNoMatchResponse ConfirmNoMatch(ConfirmNoMatchRequest request)
        {
            return Call("confirm_no_match", request, ConfirmNoMatchResponse.FromJson);
        }

        /// <summary>Confirms that a person has no ULN.</summary>
        /// <param name="request">What to ask for.</param>
        /// <param name="cancel">Stops the work.</param>
        /// <returns>The answer; <see cref="ConfirmNoMatchResponse.Outcomes"/> lists its outcomes.</returns>
        public Task<ConfirmNoMatchResponse> ConfirmNoMatchAsync(
            ConfirmNoMatchRequest request, CancellationToken cancel = default(CancellationToken))
        {
            return CallAsync("confirm_no_match", request, ConfirmNoMatchResponse.FromJson, cancel);
        }

        /// <summary>Takes back what was confirmed of a person; the history stays.</summary>
        /// <param name="request">What to ask for.</param>
        /// <returns>The answer; <see cref="RemoveMatchResponse.Outcomes"/> lists its outcomes.</returns>
        public RemoveMatchResponse RemoveMatch(RemoveMatchRequest request)
        {
            return Call("remove_match", request, RemoveMatchResponse.FromJson);
        }

        /// <summary>Takes back what was confirmed of a person; the history stays.</summary>
        /// <param name="request">What to ask for.</param>
        /// <param name="cancel">Stops the work.</param>
        /// <returns>The answer; <see cref="RemoveMatchResponse.Outcomes"/> lists its outcomes.</returns>
        public Task<RemoveMatchResponse> RemoveMatchAsync(
            RemoveMatchRequest request, CancellationToken cancel = default(CancellationToken))
        {
            return CallAsync("remove_match", request, RemoveMatchResponse.FromJson, cancel);
        }

        /// <summary>Gives all that the match register holds of a person.</summary>
        /// <param name="request">What to ask for.</param>
        /// <returns>The answer; <see cref="SubjectAccessReportResponse.Outcomes"/> lists its outcomes.</returns>
        public SubjectAccessReportResponse SubjectAccessReport(SubjectAccessReportRequest request)
        {
            return Call("subject_access_report", request, SubjectAccessReportResponse.FromJson);
        }

        /// <summary>Gives all that the match register holds of a person.</summary>
        /// <param name="request">What to ask for.</param>
        /// <param name="cancel">Stops the work.</param>
        /// <returns>The answer; <see cref="SubjectAccessReportResponse.Outcomes"/> lists its outcomes.</returns>
        public Task<SubjectAccessReportResponse> SubjectAccessReportAsync(
            SubjectAccessReportRequest request, CancellationToken cancel = default(CancellationToken))
        {
            return CallAsync("subject_access_report", request, SubjectAccessReportResponse.FromJson, cancel);
        }

        /// <summary>Imports the match register of another installation from a CSV file.</summary>
        /// <param name="request">What to ask for.</param>
        /// <returns>The answer; <see cref="ImportMatchesResponse.Outcomes"/> lists its outcomes.</returns>
        public ImportMatchesResponse ImportMatches(ImportMatchesRequest request)
        {
            return Call("import_matches", request, ImportMatchesResponse.FromJson);
        }

        /// <summary>Imports the match register of another installation from a CSV file.</summary>
        /// <param name="request">What to ask for.</param>
        /// <param name="cancel">Stops the work.</param>
        /// <returns>The answer; <see cref="ImportMatchesResponse.Outcomes"/> lists its outcomes.</returns>
        public Task<ImportMatchesResponse> ImportMatchesAsync(
            ImportMatchesRequest request, CancellationToken cancel = default(CancellationToken))
        {
            return CallAsync("import_matches", request, ImportMatchesResponse.FromJson, cancel);
        }

        /// <summary>Writes the match register to a CSV file that only its owner may read.</summary>
        /// <param name="request">What to ask for.</param>
        /// <returns>The answer; <see cref="ExportMatchesResponse.Outcomes"/> lists its outcomes.</returns>
        public ExportMatchesResponse ExportMatches(ExportMatchesRequest request)
        {
            return Call("export_matches", request, ExportMatchesResponse.FromJson);
        }

        /// <summary>Writes the match register to a CSV file that only its owner may read.</summary>
        /// <param name="request">What to ask for.</param>
        /// <param name="cancel">Stops the work.</param>
        /// <returns>The answer; <see cref="ExportMatchesResponse.Outcomes"/> lists its outcomes.</returns>
        public Task<ExportMatchesResponse> ExportMatchesAsync(
            ExportMatchesRequest request, CancellationToken cancel = default(CancellationToken))
        {
            return CallAsync("export_matches", request, ExportMatchesResponse.FromJson, cancel);
        }

        /// <summary>Asks for a student's record, as far as the asking service may see it.</summary>
        /// <param name="request">What to ask for.</param>
        /// <returns>The answer; <see cref="GetXsreResponse.Outcomes"/> lists its outcomes.</returns>
        public GetXsreResponse GetXsre(GetXsreRequest request)
        {
            return Call("get_xsre", request, GetXsreResponse.FromJson);
        }

        /// <summary>Asks for a student's record, as far as the asking service may see it.</summary>
        /// <param name="request">What to ask for.</param>
        /// <param name="cancel">Stops the work.</param>
        /// <returns>The answer; <see cref="GetXsreResponse.Outcomes"/> lists its outcomes.</returns>
        public Task<GetXsreResponse> GetXsreAsync(
            GetXsreRequest request, CancellationToken cancel = default(CancellationToken))
        {
            return CallAsync("get_xsre", request, GetXsreResponse.FromJson, cancel);
        }

        /// <summary>Checks the headers with which a SIF request came, once for each request.</summary>
        /// <param name="request">What to ask for.</param>
        /// <returns>The answer; <see cref="AuthorizeSifRequestResponse.Outcomes"/> lists its outcomes.</returns>
        public AuthorizeSifRequestResponse AuthorizeSifRequest(AuthorizeSifRequestRequest request = null)
        {
            return Call("authorize_sif_request", request, AuthorizeSifRequestResponse.FromJson);
        }

        /// <summary>Checks the headers with which a SIF request came, once for each request.</summary>
        /// <param name="request">What to ask for.</param>
        /// <param name="cancel">Stops the work.</param>
        /// <returns>The answer; <see cref="AuthorizeSifRequestResponse.Outcomes"/> lists its outcomes.</returns>
        public Task<AuthorizeSifRequestResponse> AuthorizeSifRequestAsync(
            AuthorizeSifRequestRequest request = null, CancellationToken cancel = default(CancellationToken))
        {
            return CallAsync("authorize_sif_request", request, AuthorizeSifRequestResponse.FromJson, cancel);
        }

        /// <summary>
        /// Filters a student's record by data objects or the stylesheet of the Privacy Rules Service.
        /// </summary>
        /// <param name="request">What to ask for.</param>
        /// <returns>The answer; <see cref="FilterXsreResponse.Outcomes"/> lists its outcomes.</returns>
        public FilterXsreResponse FilterXsre(FilterXsreRequest request)
        {
            return Call("filter_xsre", request, FilterXsreResponse.FromJson);
        }

        /// <summary>
        /// Filters a student's record by data objects or the stylesheet of the Privacy Rules Service.
        /// </summary>
        /// <param name="request">What to ask for.</param>
        /// <param name="cancel">Stops the work.</param>
        /// <returns>The answer; <see cref="FilterXsreResponse.Outcomes"/> lists its outcomes.</returns>
        public Task<FilterXsreResponse> FilterXsreAsync(
            FilterXsreRequest request, CancellationToken cancel = default(CancellationToken))
        {
            return CallAsync("filter_xsre", request, FilterXsreResponse.FromJson, cancel);
        }

        /// <summary>
        /// Takes rules of the Privacy Rules Service into the store, instead of those that are there.
        /// </summary>
        /// <param name="request">What to ask for.</param>
        /// <returns>The answer; <see cref="ImportSifRulesResponse.Outcomes"/> lists its outcomes.</returns>
        public ImportSifRulesResponse ImportSifRules(ImportSifRulesRequest request = null)
        {
            return Call("import_sif_rules", request, ImportSifRulesResponse.FromJson);
        }

        /// <summary>
        /// Takes rules of the Privacy Rules Service into the store, instead of those that are there.
        /// </summary>
        /// <param name="request">What to ask for.</param>
        /// <param name="cancel">Stops the work.</param>
        /// <returns>The answer; <see cref="ImportSifRulesResponse.Outcomes"/> lists its outcomes.</returns>
        public Task<ImportSifRulesResponse> ImportSifRulesAsync(
            ImportSifRulesRequest request = null, CancellationToken cancel = default(CancellationToken))
        {
            return CallAsync("import_sif_rules", request, ImportSifRulesResponse.FromJson, cancel);
        }

        /// <summary>
        /// Handles a start that the host's own web server received, and says what to answer the receiver.
        /// </summary>
        /// <param name="request">What to ask for.</param>
        /// <returns>The answer; <see cref="StartEnrollmentResponse.Outcomes"/> lists its outcomes.</returns>
        public StartEnrollmentResponse StartEnrollment(StartEnrollmentRequest request)
        {
            return Call("start_enrollment", request, StartEnrollmentResponse.FromJson);
        }

        /// <summary>
        /// Handles a start that the host's own web server received, and says what to answer the receiver.
        /// </summary>
        /// <param name="request">What to ask for.</param>
        /// <param name="cancel">Stops the work.</param>
        /// <returns>The answer; <see cref="StartEnrollmentResponse.Outcomes"/> lists its outcomes.</returns>
        public Task<StartEnrollmentResponse> StartEnrollmentAsync(
            StartEnrollmentRequest request, CancellationToken cancel = default(CancellationToken))
        {
            return CallAsync("start_enrollment", request, StartEnrollmentResponse.FromJson, cancel);
        }

        /// <summary>Lists enrolments, hands out those to be decided, and waits for new ones.</summary>
        /// <param name="request">What to ask for.</param>
        /// <returns>The answer; <see cref="ListEnrollmentsResponse.Outcomes"/> lists its outcomes.</returns>
        public ListEnrollmentsResponse ListEnrollments(ListEnrollmentsRequest request = null)
        {
            return Call("list_enrollments", request, ListEnrollmentsResponse.FromJson);
        }

        /// <summary>Lists enrolments, hands out those to be decided, and waits for new ones.</summary>
        /// <param name="request">What to ask for.</param>
        /// <param name="cancel">Stops the work.</param>
        /// <returns>The answer; <see cref="ListEnrollmentsResponse.Outcomes"/> lists its outcomes.</returns>
        public Task<ListEnrollmentsResponse> ListEnrollmentsAsync(
            ListEnrollmentsRequest request = null, CancellationToken cancel = default(CancellationToken))
        {
            return CallAsync("list_enrollments", request, ListEnrollmentsResponse.FromJson, cancel);
        }

        /// <summary>Decides about an application.</summary>
        /// <param name="request">What to ask for.</param>
        /// <returns>The answer; <see cref="DecideEnrollmentResponse.Outcomes"/> lists its outcomes.</returns>
        public DecideEnrollmentResponse DecideEnrollment(DecideEnrollmentRequest request)
        {
            return Call("decide_enrollment", request, DecideEnrollmentResponse.FromJson);
        }

        /// <summary>Decides about an application.</summary>
        /// <param name="request">What to ask for.</param>
        /// <param name="cancel">Stops the work.</param>
        /// <returns>The answer; <see cref="DecideEnrollmentResponse.Outcomes"/> lists its outcomes.</returns>
        public Task<DecideEnrollmentResponse> DecideEnrollmentAsync(
            DecideEnrollmentRequest request, CancellationToken cancel = default(CancellationToken))
        {
            return CallAsync("decide_enrollment", request, DecideEnrollmentResponse.FromJson, cancel);
        }

        /// <summary>Tries to create the association of an enrolment at the home institution now.</summary>
        /// <param name="request">What to ask for.</param>
        /// <returns>The answer; <see cref="CreateAssociationResponse.Outcomes"/> lists its outcomes.</returns>
        public CreateAssociationResponse CreateAssociation(CreateAssociationRequest request)
        {
            return Call("create_association", request, CreateAssociationResponse.FromJson);
        }

        /// <summary>Tries to create the association of an enrolment at the home institution now.</summary>
        /// <param name="request">What to ask for.</param>
        /// <param name="cancel">Stops the work.</param>
        /// <returns>The answer; <see cref="CreateAssociationResponse.Outcomes"/> lists its outcomes.</returns>
        public Task<CreateAssociationResponse> CreateAssociationAsync(
            CreateAssociationRequest request, CancellationToken cancel = default(CancellationToken))
        {
            return CallAsync("create_association", request, CreateAssociationResponse.FromJson, cancel);
        }

        /// <summary>Changes the host's state of an enrolment and tells the home institution.</summary>
        /// <param name="request">What to ask for.</param>
        /// <returns>The answer; <see cref="UpdateAssociationResponse.Outcomes"/> lists its outcomes.</returns>
        public UpdateAssociationResponse UpdateAssociation(UpdateAssociationRequest request)
        {
            return Call("update_association", request, UpdateAssociationResponse.FromJson);
        }

        /// <summary>Changes the host's state of an enrolment and tells the home institution.</summary>
        /// <param name="request">What to ask for.</param>
        /// <param name="cancel">Stops the work.</param>
        /// <returns>The answer; <see cref="UpdateAssociationResponse.Outcomes"/> lists its outcomes.</returns>
        public Task<UpdateAssociationResponse> UpdateAssociationAsync(
            UpdateAssociationRequest request, CancellationToken cancel = default(CancellationToken))
        {
            return CallAsync("update_association", request, UpdateAssociationResponse.FromJson, cancel);
        }

        /// <summary>Asks the home institution how it stands with an association.</summary>
        /// <param name="request">What to ask for.</param>
        /// <returns>The answer; <see cref="GetAssociationResponse.Outcomes"/> lists its outcomes.</returns>
        public GetAssociationResponse GetAssociation(GetAssociationRequest request)
        {
            return Call("get_association", request, GetAssociationResponse.FromJson);
        }

        /// <summary>Asks the home institution how it stands with an association.</summary>
        /// <param name="request">What to ask for.</param>
        /// <param name="cancel">Stops the work.</param>
        /// <returns>The answer; <see cref="GetAssociationResponse.Outcomes"/> lists its outcomes.</returns>
        public Task<GetAssociationResponse> GetAssociationAsync(
            GetAssociationRequest request, CancellationToken cancel = default(CancellationToken))
        {
            return CallAsync("get_association", request, GetAssociationResponse.FromJson, cancel);
        }

        /// <summary>Asks the home institution whether a student is still actively enrolled there.</summary>
        /// <param name="request">What to ask for.</param>
        /// <returns>The answer; <see cref="GetPersonResponse.Outcomes"/> lists its outcomes.</returns>
        public GetPersonResponse GetPerson(GetPersonRequest request)
        {
            return Call("get_person", request, GetPersonResponse.FromJson);
        }

        /// <summary>Asks the home institution whether a student is still actively enrolled there.</summary>
        /// <param name="request">What to ask for.</param>
        /// <param name="cancel">Stops the work.</param>
        /// <returns>The answer; <see cref="GetPersonResponse.Outcomes"/> lists its outcomes.</returns>
        public Task<GetPersonResponse> GetPersonAsync(
            GetPersonRequest request, CancellationToken cancel = default(CancellationToken))
        {
            return CallAsync("get_person", request, GetPersonResponse.FromJson, cancel);
        }

        /// <summary>Sends a student's result to the home institution.</summary>
        /// <param name="request">What to ask for.</param>
        /// <returns>The answer; <see cref="SendResultsResponse.Outcomes"/> lists its outcomes.</returns>
        public SendResultsResponse SendResults(SendResultsRequest request)
        {
            return Call("send_results", request, SendResultsResponse.FromJson);
        }

        /// <summary>Sends a student's result to the home institution.</summary>
        /// <param name="request">What to ask for.</param>
        /// <param name="cancel">Stops the work.</param>
        /// <returns>The answer; <see cref="SendResultsResponse.Outcomes"/> lists its outcomes.</returns>
        public Task<SendResultsResponse> SendResultsAsync(
            SendResultsRequest request, CancellationToken cancel = default(CancellationToken))
        {
            return CallAsync("send_results", request, SendResultsResponse.FromJson, cancel);
        }

        /// <summary>Sends to home institutions what is due, or everything.</summary>
        /// <param name="request">What to ask for.</param>
        /// <returns>The answer; <see cref="FlushOutboxResponse.Outcomes"/> lists its outcomes.</returns>
        public FlushOutboxResponse FlushOutbox(FlushOutboxRequest request = null)
        {
            return Call("flush_outbox", request, FlushOutboxResponse.FromJson);
        }

        /// <summary>Sends to home institutions what is due, or everything.</summary>
        /// <param name="request">What to ask for.</param>
        /// <param name="cancel">Stops the work.</param>
        /// <returns>The answer; <see cref="FlushOutboxResponse.Outcomes"/> lists its outcomes.</returns>
        public Task<FlushOutboxResponse> FlushOutboxAsync(
            FlushOutboxRequest request = null, CancellationToken cancel = default(CancellationToken))
        {
            return CallAsync("flush_outbox", request, FlushOutboxResponse.FromJson, cancel);
        }

        /// <summary>
        /// Says what to do with something that could not be delivered and needs somebody to look at it.
        /// </summary>
        /// <param name="request">What to ask for.</param>
        /// <returns>The answer; <see cref="ResolveDeliveryResponse.Outcomes"/> lists its outcomes.</returns>
        public ResolveDeliveryResponse ResolveDelivery(ResolveDeliveryRequest request)
        {
            return Call("resolve_delivery", request, ResolveDeliveryResponse.FromJson);
        }

        /// <summary>
        /// Says what to do with something that could not be delivered and needs somebody to look at it.
        /// </summary>
        /// <param name="request">What to ask for.</param>
        /// <param name="cancel">Stops the work.</param>
        /// <returns>The answer; <see cref="ResolveDeliveryResponse.Outcomes"/> lists its outcomes.</returns>
        public Task<ResolveDeliveryResponse> ResolveDeliveryAsync(
            ResolveDeliveryRequest request, CancellationToken cancel = default(CancellationToken))
        {
            return CallAsync("resolve_delivery", request, ResolveDeliveryResponse.FromJson, cancel);
        }

        /// <summary>Asks for the linkage key of a patient, from our own register or a supplier's system.</summary>
        /// <param name="request">What to ask for.</param>
        /// <returns>The answer; <see cref="RetrieveLinkageKeyResponse.Outcomes"/> lists its outcomes.</returns>
        public RetrieveLinkageKeyResponse RetrieveLinkageKey(RetrieveLinkageKeyRequest request)
        {
            return Call("retrieve_linkage_key", request, RetrieveLinkageKeyResponse.FromJson);
        }

        /// <summary>Asks for the linkage key of a patient, from our own register or a supplier's system.</summary>
        /// <param name="request">What to ask for.</param>
        /// <param name="cancel">Stops the work.</param>
        /// <returns>The answer; <see cref="RetrieveLinkageKeyResponse.Outcomes"/> lists its outcomes.</returns>
        public Task<RetrieveLinkageKeyResponse> RetrieveLinkageKeyAsync(
            RetrieveLinkageKeyRequest request, CancellationToken cancel = default(CancellationToken))
        {
            return CallAsync("retrieve_linkage_key", request, RetrieveLinkageKeyResponse.FromJson, cancel);
        }

        /// <summary>Makes a linkage key for a patient who has none in force.</summary>
        /// <param name="request">What to ask for.</param>
        /// <returns>The answer; <see cref="CreateLinkageKeyResponse.Outcomes"/> lists its outcomes.</returns>
        public CreateLinkageKeyResponse CreateLinkageKey(CreateLinkageKeyRequest request)
        {
            return Call("create_linkage_key", request, CreateLinkageKeyResponse.FromJson);
        }

        /// <summary>Makes a linkage key for a patient who has none in force.</summary>
        /// <param name="request">What to ask for.</param>
        /// <param name="cancel">Stops the work.</param>
        /// <returns>The answer; <see cref="CreateLinkageKeyResponse.Outcomes"/> lists its outcomes.</returns>
        public Task<CreateLinkageKeyResponse> CreateLinkageKeyAsync(
            CreateLinkageKeyRequest request, CancellationToken cancel = default(CancellationToken))
        {
            return CallAsync("create_linkage_key", request, CreateLinkageKeyResponse.FromJson, cancel);
        }

        /// <summary>Asks for the linkage key of a patient, and has one made when there is none.</summary>
        /// <param name="request">What to ask for.</param>
        /// <returns>The answer; <see cref="RetrieveOrCreateLinkageKeyResponse.Outcomes"/> lists its outcomes.</returns>
        public RetrieveOrCreateLinkageKeyResponse RetrieveOrCreateLinkageKey(RetrieveOrCreateLinkageKeyRequest request)
        {
            return Call("retrieve_or_create_linkage_key", request, RetrieveOrCreateLinkageKeyResponse.FromJson);
        }

        /// <summary>Asks for the linkage key of a patient, and has one made when there is none.</summary>
        /// <param name="request">What to ask for.</param>
        /// <param name="cancel">Stops the work.</param>
        /// <returns>The answer; <see cref="RetrieveOrCreateLinkageKeyResponse.Outcomes"/> lists its outcomes.</returns>
        public Task<RetrieveOrCreateLinkageKeyResponse> RetrieveOrCreateLinkageKeyAsync(
            RetrieveOrCreateLinkageKeyRequest request, CancellationToken cancel = default(CancellationToken))
        {
            return CallAsync("retrieve_or_create_linkage_key", request, RetrieveOrCreateLinkageKeyResponse.FromJson, cancel);
        }

        /// <summary>Revokes a patient's linkage key in our own register; it never becomes valid again.</summary>
        /// <param name="request">What to ask for.</param>
        /// <returns>The answer; <see cref="RevokeLinkageKeyResponse.Outcomes"/> lists its outcomes.</returns>
        public RevokeLinkageKeyResponse RevokeLinkageKey(RevokeLinkageKeyRequest request)
        {
            return Call("revoke_linkage_key", request, RevokeLinkageKeyResponse.FromJson);
        }

        /// <summary>Revokes a patient's linkage key in our own register; it never becomes valid again.</summary>
        /// <param name="request">What to ask for.</param>
        /// <param name="cancel">Stops the work.</param>
        /// <returns>The answer; <see cref="RevokeLinkageKeyResponse.Outcomes"/> lists its outcomes.</returns>
        public Task<RevokeLinkageKeyResponse> RevokeLinkageKeyAsync(
            RevokeLinkageKeyRequest request, CancellationToken cancel = default(CancellationToken))
        {
            return CallAsync("revoke_linkage_key", request, RevokeLinkageKeyResponse.FromJson, cancel);
        }

        /// <summary>Blocks or unblocks a patient or an organisation in our own register.</summary>
        /// <param name="request">What to ask for.</param>
        /// <returns>The answer; <see cref="SetLinkageAccessResponse.Outcomes"/> lists its outcomes.</returns>
        public SetLinkageAccessResponse SetLinkageAccess(SetLinkageAccessRequest request)
        {
            return Call("set_linkage_access", request, SetLinkageAccessResponse.FromJson);
        }

        /// <summary>Blocks or unblocks a patient or an organisation in our own register.</summary>
        /// <param name="request">What to ask for.</param>
        /// <param name="cancel">Stops the work.</param>
        /// <returns>The answer; <see cref="SetLinkageAccessResponse.Outcomes"/> lists its outcomes.</returns>
        public Task<SetLinkageAccessResponse> SetLinkageAccessAsync(
            SetLinkageAccessRequest request, CancellationToken cancel = default(CancellationToken))
        {
            return CallAsync("set_linkage_access", request, SetLinkageAccessResponse.FromJson, cancel);
        }

        /// <summary>Checks an account id and linkage key that somebody presents against our own register.</summary>
        /// <param name="request">What to ask for.</param>
        /// <returns>The answer; <see cref="CheckLinkageKeyResponse.Outcomes"/> lists its outcomes.</returns>
        public CheckLinkageKeyResponse CheckLinkageKey(CheckLinkageKeyRequest request)
        {
            return Call("check_linkage_key", request, CheckLinkageKeyResponse.FromJson);
        }

        /// <summary>Checks an account id and linkage key that somebody presents against our own register.</summary>
        /// <param name="request">What to ask for.</param>
        /// <param name="cancel">Stops the work.</param>
        /// <returns>The answer; <see cref="CheckLinkageKeyResponse.Outcomes"/> lists its outcomes.</returns>
        public Task<CheckLinkageKeyResponse> CheckLinkageKeyAsync(
            CheckLinkageKeyRequest request, CancellationToken cancel = default(CancellationToken))
        {
            return CallAsync("check_linkage_key", request, CheckLinkageKeyResponse.FromJson, cancel);
        }

        /// <summary>
        /// Imports organisations, patients, accounts and linkage keys from a file into our own register.
        /// </summary>
        /// <param name="request">What to ask for.</param>
        /// <returns>The answer; <see cref="ImportRegisterResponse.Outcomes"/> lists its outcomes.</returns>
        public ImportRegisterResponse ImportRegister(ImportRegisterRequest request)
        {
            return Call("import_register", request, ImportRegisterResponse.FromJson);
        }

        /// <summary>
        /// Imports organisations, patients, accounts and linkage keys from a file into our own register.
        /// </summary>
        /// <param name="request">What to ask for.</param>
        /// <param name="cancel">Stops the work.</param>
        /// <returns>The answer; <see cref="ImportRegisterResponse.Outcomes"/> lists its outcomes.</returns>
        public Task<ImportRegisterResponse> ImportRegisterAsync(
            ImportRegisterRequest request, CancellationToken cancel = default(CancellationToken))
        {
            return CallAsync("import_register", request, ImportRegisterResponse.FromJson, cancel);
        }

        /// <summary>
        /// Writes our own register to a file, sealed under a passphrase or without its linkage keys.
        /// </summary>
        /// <param name="request">What to ask for.</param>
        /// <returns>The answer; <see cref="ExportRegisterResponse.Outcomes"/> lists its outcomes.</returns>
        public ExportRegisterResponse ExportRegister(ExportRegisterRequest request)
        {
            return Call("export_register", request, ExportRegisterResponse.FromJson);
        }

        /// <summary>
        /// Writes our own register to a file, sealed under a passphrase or without its linkage keys.
        /// </summary>
        /// <param name="request">What to ask for.</param>
        /// <param name="cancel">Stops the work.</param>
        /// <returns>The answer; <see cref="ExportRegisterResponse.Outcomes"/> lists its outcomes.</returns>
        public Task<ExportRegisterResponse> ExportRegisterAsync(
            ExportRegisterRequest request, CancellationToken cancel = default(CancellationToken))
        {
            return CallAsync("export_register", request, ExportRegisterResponse.FromJson, cancel);
        }

        /// <summary>Adds or changes a provider and its credentials, which are sealed.</summary>
        /// <param name="request">What to ask for.</param>
        /// <returns>The answer; <see cref="PutProfileResponse.Outcomes"/> lists its outcomes.</returns>
        public PutProfileResponse PutProfile(PutProfileRequest request)
        {
            return Call("put_profile", request, PutProfileResponse.FromJson);
        }

        /// <summary>Adds or changes a provider and its credentials, which are sealed.</summary>
        /// <param name="request">What to ask for.</param>
        /// <param name="cancel">Stops the work.</param>
        /// <returns>The answer; <see cref="PutProfileResponse.Outcomes"/> lists its outcomes.</returns>
        public Task<PutProfileResponse> PutProfileAsync(
            PutProfileRequest request, CancellationToken cancel = default(CancellationToken))
        {
            return CallAsync("put_profile", request, PutProfileResponse.FromJson, cancel);
        }

        /// <summary>Lists the providers, without their secrets.</summary>
        /// <param name="request">What to ask for.</param>
        /// <returns>The answer; <see cref="ListProfilesResponse.Outcomes"/> lists its outcomes.</returns>
        public ListProfilesResponse ListProfiles(ListProfilesRequest request = null)
        {
            return Call("list_profiles", request, ListProfilesResponse.FromJson);
        }

        /// <summary>Lists the providers, without their secrets.</summary>
        /// <param name="request">What to ask for.</param>
        /// <param name="cancel">Stops the work.</param>
        /// <returns>The answer; <see cref="ListProfilesResponse.Outcomes"/> lists its outcomes.</returns>
        public Task<ListProfilesResponse> ListProfilesAsync(
            ListProfilesRequest request = null, CancellationToken cancel = default(CancellationToken))
        {
            return CallAsync("list_profiles", request, ListProfilesResponse.FromJson, cancel);
        }

        /// <summary>Removes a provider and its credentials.</summary>
        /// <param name="request">What to ask for.</param>
        /// <returns>The answer; <see cref="RemoveProfileResponse.Outcomes"/> lists its outcomes.</returns>
        public RemoveProfileResponse RemoveProfile(RemoveProfileRequest request = null)
        {
            return Call("remove_profile", request, RemoveProfileResponse.FromJson);
        }

        /// <summary>Removes a provider and its credentials.</summary>
        /// <param name="request">What to ask for.</param>
        /// <param name="cancel">Stops the work.</param>
        /// <returns>The answer; <see cref="RemoveProfileResponse.Outcomes"/> lists its outcomes.</returns>
        public Task<RemoveProfileResponse> RemoveProfileAsync(
            RemoveProfileRequest request = null, CancellationToken cancel = default(CancellationToken))
        {
            return CallAsync("remove_profile", request, RemoveProfileResponse.FromJson, cancel);
        }

        /// <summary>Reads the audit trail.</summary>
        /// <param name="request">What to ask for.</param>
        /// <returns>The answer; <see cref="QueryAuditResponse.Outcomes"/> lists its outcomes.</returns>
        public QueryAuditResponse QueryAudit(QueryAuditRequest request = null)
        {
            return Call("query_audit", request, QueryAuditResponse.FromJson);
        }

        /// <summary>Reads the audit trail.</summary>
        /// <param name="request">What to ask for.</param>
        /// <param name="cancel">Stops the work.</param>
        /// <returns>The answer; <see cref="QueryAuditResponse.Outcomes"/> lists its outcomes.</returns>
        public Task<QueryAuditResponse> QueryAuditAsync(
            QueryAuditRequest request = null, CancellationToken cancel = default(CancellationToken))
        {
            return CallAsync("query_audit", request, QueryAuditResponse.FromJson, cancel);
        }

        /// <summary>Checks that the audit trail is complete and unaltered.</summary>
        /// <param name="request">What to ask for.</param>
        /// <returns>The answer; <see cref="VerifyAuditResponse.Outcomes"/> lists its outcomes.</returns>
        public VerifyAuditResponse VerifyAudit(VerifyAuditRequest request = null)
        {
            return Call("verify_audit", request, VerifyAuditResponse.FromJson);
        }

        /// <summary>Checks that the audit trail is complete and unaltered.</summary>
        /// <param name="request">What to ask for.</param>
        /// <param name="cancel">Stops the work.</param>
        /// <returns>The answer; <see cref="VerifyAuditResponse.Outcomes"/> lists its outcomes.</returns>
        public Task<VerifyAuditResponse> VerifyAuditAsync(
            VerifyAuditRequest request = null, CancellationToken cancel = default(CancellationToken))
        {
            return CallAsync("verify_audit", request, VerifyAuditResponse.FromJson, cancel);
        }

        /// <summary>Removes what is older than its retention.</summary>
        /// <param name="request">What to ask for.</param>
        /// <returns>The answer; <see cref="PurgeResponse.Outcomes"/> lists its outcomes.</returns>
        public PurgeResponse Purge(PurgeRequest request = null)
        {
            return Call("purge", request, PurgeResponse.FromJson);
        }

        /// <summary>Removes what is older than its retention.</summary>
        /// <param name="request">What to ask for.</param>
        /// <param name="cancel">Stops the work.</param>
        /// <returns>The answer; <see cref="PurgeResponse.Outcomes"/> lists its outcomes.</returns>
        public Task<PurgeResponse> PurgeAsync(
            PurgeRequest request = null, CancellationToken cancel = default(CancellationToken))
        {
            return CallAsync("purge", request, PurgeResponse.FromJson, cancel);
        }

        /// <summary>Seals everything anew under a new key.</summary>
        /// <param name="request">What to ask for.</param>
        /// <returns>The answer; <see cref="RotateKeyResponse.Outcomes"/> lists its outcomes.</returns>
        public RotateKeyResponse RotateKey(RotateKeyRequest request = null)
        {
            return Call("rotate_key", request, RotateKeyResponse.FromJson);
        }

        /// <summary>Seals everything anew under a new key.</summary>
        /// <param name="request">What to ask for.</param>
        /// <param name="cancel">Stops the work.</param>
        /// <returns>The answer; <see cref="RotateKeyResponse.Outcomes"/> lists its outcomes.</returns>
        public Task<RotateKeyResponse> RotateKeyAsync(
            RotateKeyRequest request = null, CancellationToken cancel = default(CancellationToken))
        {
            return CallAsync("rotate_key", request, RotateKeyResponse.FromJson, cancel);
        }

        /// <summary>
        /// Starts to serve the interfaces that the configuration's <c>listener</c> section describes.
        /// </summary>
        /// <param name="request">What to ask for.</param>
        /// <returns>The answer; <see cref="StartListenerResponse.Outcomes"/> lists its outcomes.</returns>
        public StartListenerResponse StartListener(StartListenerRequest request = null)
        {
            return Call("start_listener", request, StartListenerResponse.FromJson);
        }

        /// <summary>
        /// Starts to serve the interfaces that the configuration's <c>listener</c> section describes.
        /// </summary>
        /// <param name="request">What to ask for.</param>
        /// <param name="cancel">Stops the work.</param>
        /// <returns>The answer; <see cref="StartListenerResponse.Outcomes"/> lists its outcomes.</returns>
        public Task<StartListenerResponse> StartListenerAsync(
            StartListenerRequest request = null, CancellationToken cancel = default(CancellationToken))
        {
            return CallAsync("start_listener", request, StartListenerResponse.FromJson, cancel);
        }

        /// <summary>Stops to serve, letting requests under way end.</summary>
        /// <param name="request">What to ask for.</param>
        /// <returns>The answer; <see cref="StopListenerResponse.Outcomes"/> lists its outcomes.</returns>
        public StopListenerResponse StopListener(StopListenerRequest request = null)
        {
            return Call("stop_listener", request, StopListenerResponse.FromJson);
        }

        /// <summary>Stops to serve, letting requests under way end.</summary>
        /// <param name="request">What to ask for.</param>
        /// <param name="cancel">Stops the work.</param>
        /// <returns>The answer; <see cref="StopListenerResponse.Outcomes"/> lists its outcomes.</returns>
        public Task<StopListenerResponse> StopListenerAsync(
            StopListenerRequest request = null, CancellationToken cancel = default(CancellationToken))
        {
            return CallAsync("stop_listener", request, StopListenerResponse.FromJson, cancel);
        }

        /// <summary>Tells whether the plugin can work.</summary>
        /// <param name="request">What to ask for.</param>
        /// <returns>The answer; <see cref="HealthResponse.Outcomes"/> lists its outcomes.</returns>
        public HealthResponse Health(HealthRequest request = null)
        {
            return Call("health", request, HealthResponse.FromJson);
        }

        /// <summary>Tells whether the plugin can work.</summary>
        /// <param name="request">What to ask for.</param>
        /// <param name="cancel">Stops the work.</param>
        /// <returns>The answer; <see cref="HealthResponse.Outcomes"/> lists its outcomes.</returns>
        public Task<HealthResponse> HealthAsync(
            HealthRequest request = null, CancellationToken cancel = default(CancellationToken))
        {
            return CallAsync("health", request, HealthResponse.FromJson, cancel);
        }

        /// <summary>
        /// Starts to run an operation for every row of a file, or checks the rows without running anything.
        /// </summary>
        /// <param name="request">What to ask for.</param>
        /// <returns>The answer; <see cref="StartBatchResponse.Outcomes"/> lists its outcomes.</returns>
        public StartBatchResponse StartBatch(StartBatchRequest request)
        {
            return Call("start_batch", request, StartBatchResponse.FromJson);
        }

        /// <summary>
        /// Starts to run an operation for every row of a file, or checks the rows without running anything.
        /// </summary>
        /// <param name="request">What to ask for.</param>
        /// <param name="cancel">Stops the work.</param>
        /// <returns>The answer; <see cref="StartBatchResponse.Outcomes"/> lists its outcomes.</returns>
        public Task<StartBatchResponse> StartBatchAsync(
            StartBatchRequest request, CancellationToken cancel = default(CancellationToken))
        {
            return CallAsync("start_batch", request, StartBatchResponse.FromJson, cancel);
        }

        /// <summary>Tells how far a batch has come, at once or when it ends.</summary>
        /// <param name="request">What to ask for.</param>
        /// <returns>The answer; <see cref="BatchStatusResponse.Outcomes"/> lists its outcomes.</returns>
        public BatchStatusResponse BatchStatus(BatchStatusRequest request)
        {
            return Call("batch_status", request, BatchStatusResponse.FromJson);
        }

        /// <summary>Tells how far a batch has come, at once or when it ends.</summary>
        /// <param name="request">What to ask for.</param>
        /// <param name="cancel">Stops the work.</param>
        /// <returns>The answer; <see cref="BatchStatusResponse.Outcomes"/> lists its outcomes.</returns>
        public Task<BatchStatusResponse> BatchStatusAsync(
            BatchStatusRequest request, CancellationToken cancel = default(CancellationToken))
        {
            return CallAsync("batch_status", request, BatchStatusResponse.FromJson, cancel);
        }

        /// <summary>Goes on with a batch that has ended early, without repeating a row that is done.</summary>
        /// <param name="request">What to ask for.</param>
        /// <returns>The answer; <see cref="ResumeBatchResponse.Outcomes"/> lists its outcomes.</returns>
        public ResumeBatchResponse ResumeBatch(ResumeBatchRequest request)
        {
            return Call("resume_batch", request, ResumeBatchResponse.FromJson);
        }

        /// <summary>Goes on with a batch that has ended early, without repeating a row that is done.</summary>
        /// <param name="request">What to ask for.</param>
        /// <param name="cancel">Stops the work.</param>
        /// <returns>The answer; <see cref="ResumeBatchResponse.Outcomes"/> lists its outcomes.</returns>
        public Task<ResumeBatchResponse> ResumeBatchAsync(
            ResumeBatchRequest request, CancellationToken cancel = default(CancellationToken))
        {
            return CallAsync("resume_batch", request, ResumeBatchResponse.FromJson, cancel);
        }

        /// <summary>Lists batches, newest first.</summary>
        /// <param name="request">What to ask for.</param>
        /// <returns>The answer; <see cref="ListBatchesResponse.Outcomes"/> lists its outcomes.</returns>
        public ListBatchesResponse ListBatches(ListBatchesRequest request = null)
        {
            return Call("list_batches", request, ListBatchesResponse.FromJson);
        }

        /// <summary>Lists batches, newest first.</summary>
        /// <param name="request">What to ask for.</param>
        /// <param name="cancel">Stops the work.</param>
        /// <returns>The answer; <see cref="ListBatchesResponse.Outcomes"/> lists its outcomes.</returns>
        public Task<ListBatchesResponse> ListBatchesAsync(
            ListBatchesRequest request = null, CancellationToken cancel = default(CancellationToken))
        {
            return CallAsync("list_batches", request, ListBatchesResponse.FromJson, cancel);
        }

        /// <summary>Ends a batch; what is done is kept, and it can be resumed.</summary>
        /// <param name="request">What to ask for.</param>
        /// <returns>The answer; <see cref="CancelBatchResponse.Outcomes"/> lists its outcomes.</returns>
        public CancelBatchResponse CancelBatch(CancelBatchRequest request)
        {
            return Call("cancel_batch", request, CancelBatchResponse.FromJson);
        }

        /// <summary>Ends a batch; what is done is kept, and it can be resumed.</summary>
        /// <param name="request">What to ask for.</param>
        /// <param name="cancel">Stops the work.</param>
        /// <returns>The answer; <see cref="CancelBatchResponse.Outcomes"/> lists its outcomes.</returns>
        public Task<CancelBatchResponse> CancelBatchAsync(
            CancelBatchRequest request, CancellationToken cancel = default(CancellationToken))
        {
            return CallAsync("cancel_batch", request, CancelBatchResponse.FromJson, cancel);
        }
    }
}
