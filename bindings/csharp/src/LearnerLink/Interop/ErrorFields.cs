using System;
using System.Collections.Generic;

namespace LearnerLink.Interop
{
    /// <summary>What an exception carries of the library's error object.</summary>
    [Serializable]
    internal sealed class ErrorFields
    {
        internal int Status;
        internal string Code = "";
        internal string Message = "";
        internal bool Retriable;
        internal string Operation = "";
        internal string Details = "{}";
        internal string[] Causes = new string[0];
        internal string RawJson = "";

        internal static ErrorFields Of(int status, string rawJson)
        {
            StatusMeaning known = StatusMeaning.Of(status);
            var fields = new ErrorFields
            {
                Status = status,
                Code = known == null ? "UNKNOWN" : known.Code,
                Message = known == null ? "the library knows more than this package" : known.Text,
                Retriable = known != null && known.Retriable,
                RawJson = rawJson,
            };
            if (rawJson.Length > 0)
            {
                JsonObject error = JsonReader.Object(rawJson);
                fields.Code = error.Text("code") ?? fields.Code;
                fields.Message = error.Text("message") ?? fields.Message;
                fields.Retriable = error.OptionalBoolean("retriable") ?? fields.Retriable;
                fields.Operation = error.Text("operation") ?? "";
                fields.Details = error.Json("details") ?? "{}";
                fields.Causes = new List<string>(error.List("causes", JsonObject.AsText)).ToArray();
            }
            return fields;
        }
    }
}
