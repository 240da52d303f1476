using System;

namespace LearnerLink
{
    /// <summary>What became of a share.</summary>
    public sealed class ShareOutcome
    {
        /// <summary>Makes it from the answer of <c>PollLearnerData</c>.</summary>
        /// <param name="response">The answer.</param>
        public ShareOutcome(PollLearnerDataResponse response)
        {
            Response = response ?? throw new ArgumentNullException(nameof(response));
        }

        /// <summary>The library's whole answer.</summary>
        public PollLearnerDataResponse Response { get; }

        /// <summary>What became of it; a record comes with <see cref="ShareState.Shared"/> alone.</summary>
        public ShareState State
        {
            get
            {
                switch (Response.Outcome)
                {
                    case PollLearnerDataResponse.Outcomes.Pending:
                        return ShareState.Pending;
                    case PollLearnerDataResponse.Outcomes.Shared:
                        return ShareState.Shared;
                    case PollLearnerDataResponse.Outcomes.DeclinedOrExpired:
                        return ShareState.DeclinedOrExpired;
                    case PollLearnerDataResponse.Outcomes.TimedOut:
                        return ShareState.TimedOut;
                    case PollLearnerDataResponse.Outcomes.Cancelled:
                        return ShareState.Cancelled;
                    case PollLearnerDataResponse.Outcomes.NoLongerAvailable:
                        return ShareState.NoLongerAvailable;
                    case PollLearnerDataResponse.Outcomes.Unknown:
                        return ShareState.Unknown;
                    case PollLearnerDataResponse.Outcomes.Failed:
                        return ShareState.Failed;
                    default:
                        return ShareState.Other;
                }
            }
        }

        /// <summary>The record, when it was shared; null otherwise.</summary>
        public LearnerRecord Record
        {
            get { return Response.Record; }
        }

        /// <summary>A sentence for the user, in English.</summary>
        public string Message
        {
            get { return Response.Message; }
        }

        /// <summary>The exact text the library gave.</summary>
        public string RawJson
        {
            get { return Response.RawJson; }
        }

        /// <summary>The state, and nothing of the person, so that it may stand in a log.</summary>
        /// <returns>A line for people.</returns>
        public override string ToString()
        {
            return "ShareOutcome(State=" + State + ")";
        }
    }
}
