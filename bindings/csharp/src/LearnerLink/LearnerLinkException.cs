using System;
using System.Collections.Generic;
using System.Globalization;
using System.Runtime.Serialization;
using LearnerLink.Interop;

namespace LearnerLink
{
    /// <summary>Why a call had no answer. Compare <see cref="Code"/>, which is permanent, and not the message.</summary>
    /// <remarks>Pending, declined and not shared are no failures but outcomes.</remarks>
    [Serializable]
    public class LearnerLinkException : Exception
    {
        private readonly ErrorFields fields;

        internal LearnerLinkException(ErrorFields fields)
            : base(fields.Message)
        {
            this.fields = fields;
        }

        /// <summary>Makes the exception again that was carried to another application domain.</summary>
        /// <param name="info">What was carried.</param>
        /// <param name="context">Where from and where to.</param>
        protected LearnerLinkException(SerializationInfo info, StreamingContext context)
            : base(info, context)
        {
            fields = (ErrorFields)info.GetValue("LearnerLink", typeof(ErrorFields));
        }

        /// <summary>The library's permanent number; see <see cref="LearnerLink.Status"/>.</summary>
        public int Status
        {
            get { return fields.Status; }
        }

        /// <summary>Its permanent name, such as <c>BAD_CREDENTIAL</c>.</summary>
        public string Code
        {
            get { return fields.Code; }
        }

        /// <summary>Whether the same call may succeed later without anybody changing anything.</summary>
        public bool Retriable
        {
            get { return fields.Retriable; }
        }

        /// <summary>The operation or function that failed; empty for an error of this package itself.</summary>
        public string Operation
        {
            get { return fields.Operation; }
        }

        /// <summary>The facts behind the message as a JSON object, by code, such as <c>retryAfterMs</c>.</summary>
        public string Details
        {
            get { return fields.Details; }
        }

        /// <summary>The chain of causes, outermost first.</summary>
        public IReadOnlyList<string> Causes
        {
            get { return Array.AsReadOnly(fields.Causes); }
        }

        /// <summary>The library's error object as it came; empty for an error of this package itself.</summary>
        public string RawJson
        {
            get { return fields.RawJson; }
        }

        /// <summary>Makes the exception for an error object as the library writes it; handy in a host's own tests.</summary>
        /// <param name="json">The error object.</param>
        /// <returns>An exception of the class that its code and status choose.</returns>
        public static LearnerLinkException FromJson(string json)
        {
            long status = JsonReader.Object(json).Integer("status");
            return Errors.Choose(ErrorFields.Of((int)status, json));
        }

        /// <summary>Gives what is to be carried to another application domain.</summary>
        /// <param name="info">Takes it.</param>
        /// <param name="context">Where from and where to.</param>
        public override void GetObjectData(SerializationInfo info, StreamingContext context)
        {
            base.GetObjectData(info, context);
            info.AddValue("LearnerLink", fields);
        }

        /// <summary>Code, message, operation, status, and where it was thrown. Never the details.</summary>
        /// <returns>Lines for a log.</returns>
        public override string ToString()
        {
            string where = (Operation.Length > 0 ? Operation + ", " : "") + Status.ToString(CultureInfo.InvariantCulture);
            string line = Code + ": " + Message + " (" + where + ")";
            return StackTrace == null ? line : line + Environment.NewLine + StackTrace;
        }
    }
}
