using System;
using System.Runtime.Serialization;
using LearnerLink.Interop;

namespace LearnerLink
{
    /// <summary>Bad input or configuration (200 to 299); the details name the field or path.</summary>
    [Serializable]
    public sealed class LearnerLinkInputException : LearnerLinkException
    {
        internal LearnerLinkInputException(ErrorFields fields)
            : base(fields)
        {
        }

        private LearnerLinkInputException(SerializationInfo info, StreamingContext context)
            : base(info, context)
        {
        }
    }
}
