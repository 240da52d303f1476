namespace LearnerLink
{
    /// <summary>What became of a share. New states may come, so have a <c>default</c>.</summary>
    public enum ShareState
    {
        /// <summary>A word of a newer library that this package does not know; see the outcome's response.</summary>
        Other = 0,

        /// <summary>The learner has not answered yet; keep waiting.</summary>
        Pending,

        /// <summary>The learner agreed; the record is there.</summary>
        Shared,

        /// <summary>The learner declined or let the time pass. Show a new code.</summary>
        DeclinedOrExpired,

        /// <summary>No answer came before the share's own deadline. Show a new code.</summary>
        TimedOut,

        /// <summary>The share was cancelled here.</summary>
        Cancelled,

        /// <summary>The record was shared before and cannot be read again.</summary>
        NoLongerAvailable,

        /// <summary>A request may have been sent, but there is no handle to poll.</summary>
        Unknown,

        /// <summary>The share ended in an error before. Show a new code.</summary>
        Failed,
    }
}
