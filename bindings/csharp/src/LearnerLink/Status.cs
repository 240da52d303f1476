// Generated from the Rust sources by `cargo run -p headergen`; do not edit.

namespace LearnerLink
{
    /// <summary>
    /// The permanent numbers of what a call can end with; see <c>LearnerLinkException.Status</c>.
    /// </summary>
    public static class Status
    {
        /// <summary>The call succeeded.</summary>
        public const int Ok = 0;

        /// <summary>The operation is still running; wait for it or poll it again.</summary>
        public const int NotReady = 1;

        /// <summary>Nothing happened within the time given to the wait; the work goes on.</summary>
        public const int TimedOut = 2;

        /// <summary>The operation was cancelled before it finished.</summary>
        public const int Cancelled = 3;

        /// <summary>The text does not fit the buffer; its length was set.</summary>
        public const int BufferTooSmall = 4;

        /// <summary>A required argument is NULL.</summary>
        public const int NullArgument = 100;

        /// <summary>A text argument is not valid UTF-8.</summary>
        public const int InvalidUtf8 = 101;

        /// <summary>The handle is zero, closed, of another kind or made up.</summary>
        public const int InvalidHandle = 102;

        /// <summary>The plugin or queue behind the handle was closed.</summary>
        public const int Closed = 103;

        /// <summary>The process is a fork of the one that used the library; load it afresh after exec.</summary>
        public const int Forked = 104;

        /// <summary>No operation has this name; learnerlink_describe lists them.</summary>
        public const int UnknownOperation = 105;

        /// <summary>Too many handles are open; close those no longer needed.</summary>
        public const int HandlesExhausted = 106;

        /// <summary>The operation was already given to a completion queue.</summary>
        public const int AlreadyEnqueued = 107;

        /// <summary>The text is not the JSON object expected here.</summary>
        public const int InvalidJson = 200;

        /// <summary>The JSON has a key that nothing reads; its path is in the message.</summary>
        public const int UnknownKey = 201;

        /// <summary>A value in the request breaks its rule; <c>details.field</c> names it.</summary>
        public const int InvalidInput = 202;

        /// <summary>A value in the configuration breaks its rule; <c>details.path</c> names it.</summary>
        public const int InvalidConfig = 203;

        /// <summary>The request is larger than <c>limits.maxRequestBytes</c>.</summary>
        public const int TooLarge = 204;

        /// <summary>No credential is stored for this provider; add one with put_profile.</summary>
        public const int NoCredential = 205;

        /// <summary>The client id already belongs to another provider; each provider has its own.</summary>
        public const int DuplicateClientId = 206;

        /// <summary>What the request names is not in the store.</summary>
        public const int NotFound = 207;

        /// <summary>The request contradicts what the store holds.</summary>
        public const int Conflict = 208;

        /// <summary>The store holds or would hold secrets and no vault key is configured.</summary>
        public const int VaultKeyMissing = 209;

        /// <summary>The configured vault key is not the one this store was sealed with.</summary>
        public const int VaultKeyWrong = 210;

        /// <summary>
        /// The client certificate cannot be used; <c>details.problem</c> and the message say why.
        /// </summary>
        public const int BadCertificate = 211;

        /// <summary>
        /// A row of a batch's input was refused before anything was called; the message says why.
        /// </summary>
        public const int InvalidRow = 212;

        /// <summary>
        /// More rows of a batch failed than <c>stopAfterErrors</c> allows; look into them and resume it.
        /// </summary>
        public const int BatchStopped = 213;

        /// <summary>The store cannot be opened or has failed.</summary>
        public const int StoreUnavailable = 300;

        /// <summary>
        /// Others kept the store locked, or its server is out of reach for the moment; try again.
        /// </summary>
        public const int StoreBusy = 301;

        /// <summary>The store's file is not a database or is damaged; restore a backup.</summary>
        public const int StoreCorrupt = 302;

        /// <summary>The store was written by a newer version of the library; upgrade this one.</summary>
        public const int StoreSchemaNewer = 303;

        /// <summary>The disk is full; free space and try again.</summary>
        public const int StoreFull = 304;

        /// <summary>The store's file or folder cannot be written.</summary>
        public const int StoreReadOnly = 305;

        /// <summary>A sealed value does not open in its place: it was altered, moved or copied.</summary>
        public const int SealBroken = 306;

        /// <summary>
        /// The results of a batch cannot be written; what was done is kept, and it can be resumed.
        /// </summary>
        public const int BatchOutput = 307;

        /// <summary>No connection to the service could be made; check network and proxy.</summary>
        public const int Unreachable = 400;

        /// <summary>The service did not answer within the deadline.</summary>
        public const int DeadlineExceeded = 401;

        /// <summary>The service's certificate was not accepted or the TLS handshake failed.</summary>
        public const int TlsFailed = 402;

        /// <summary>The service answered something its interface does not allow.</summary>
        public const int Protocol = 403;

        /// <summary>The service's answer is larger than the limit.</summary>
        public const int ResponseTooLarge = 404;

        /// <summary>The service is out of order for the moment; try again later.</summary>
        public const int Unavailable = 405;

        /// <summary>The service asks for fewer calls; wait <c>details.retryAfterMs</c>.</summary>
        public const int Throttled = 406;

        /// <summary>
        /// The service failed repeatedly and is being left alone; wait <c>details.retryAfterMs</c>.
        /// </summary>
        public const int CircuitOpen = 407;

        /// <summary>
        /// The service does not accept this client id and secret; an administrator must renew them.
        /// </summary>
        public const int BadCredential = 410;

        /// <summary>The tenant, resource or scope is not known to the token service.</summary>
        public const int AuthConfig = 411;

        /// <summary>A fresh token was refused by the service.</summary>
        public const int AuthRejected = 412;

        /// <summary>The service does not allow this provider to do this.</summary>
        public const int Forbidden = 413;

        /// <summary>The service refused the request as invalid.</summary>
        public const int Rejected = 414;

        /// <summary>The request may have been carried out; it is not repeated automatically.</summary>
        public const int OutcomeUnknown = 415;

        /// <summary>The service does not accept our client certificate, or wants one.</summary>
        public const int CertificateRefused = 416;

        /// <summary>The service is closed for maintenance or out of its hours; try again when it is open.</summary>
        public const int Maintenance = 417;

        /// <summary>The service reported a fault; <c>upstream.code</c> is its own code for it.</summary>
        public const int ServiceFault = 418;

        /// <summary>
        /// A batch ended while this row's call was under way; it may have been carried out and is not repeated.
        /// </summary>
        public const int BatchRowInterrupted = 419;

        /// <summary>A defect of this library; the log has file and line.</summary>
        public const int Internal = 900;
    }
}
