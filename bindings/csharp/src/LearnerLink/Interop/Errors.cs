using System;

namespace LearnerLink.Interop
{
    /// <summary>Chooses the exception for a status and the error object that came with it.</summary>
    internal static class Errors
    {
        /// <summary>The exception for what the library said; without JSON, for what the status alone says.</summary>
        internal static Exception Of(int status, string rawJson)
        {
            ErrorFields fields = ErrorFields.Of(status, rawJson);
            if (fields.Code == "CANCELLED" || fields.Code == "CLOSED")
            {
                return new OperationCanceledException(fields.Message);
            }
            return Choose(fields);
        }

        /// <summary>The exception for a mistake that is found here.</summary>
        internal static LearnerLinkException Own(int status, string code, string message)
        {
            return Choose(new ErrorFields { Status = status, Code = code, Message = message });
        }

        // By code first, then by the hundred: a newer library may know more than this package does.
        internal static LearnerLinkException Choose(ErrorFields fields)
        {
            switch (fields.Code)
            {
                case "TIMED_OUT":
                    return new LearnerLinkTimeoutException(fields);
                case "BAD_CREDENTIAL":
                case "AUTH_CONFIG":
                case "AUTH_REJECTED":
                    return new LearnerLinkAuthenticationException(fields);
            }
            switch (fields.Status / 100)
            {
                case 1:
                    return new LearnerLinkUsageException(fields);
                case 2:
                    return new LearnerLinkInputException(fields);
                case 3:
                    return new LearnerLinkStoreException(fields);
                case 4:
                    return new LearnerLinkRemoteException(fields);
                case 9:
                    return new LearnerLinkInternalException(fields);
                default:
                    return new LearnerLinkException(fields);
            }
        }
    }
}
