using System;
using System.Runtime.Serialization;
using LearnerLink.Interop;

namespace LearnerLink
{
    /// <summary>The network or the service failed (400 to 499).</summary>
    [Serializable]
    public class LearnerLinkRemoteException : LearnerLinkException
    {
        internal LearnerLinkRemoteException(ErrorFields fields)
            : base(fields)
        {
        }

        /// <summary>Makes the exception again that was carried to another application domain.</summary>
        /// <param name="info">What was carried.</param>
        /// <param name="context">Where from and where to.</param>
        protected LearnerLinkRemoteException(SerializationInfo info, StreamingContext context)
            : base(info, context)
        {
        }
    }
}
