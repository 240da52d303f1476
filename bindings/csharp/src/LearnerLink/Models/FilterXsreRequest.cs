// Generated from the Rust sources by `cargo run -p headergen`; do not edit.

using System.Collections.Generic;
using LearnerLink.Interop;

namespace LearnerLink
{
    /// <summary>
    /// Filters a student's record by data objects or the stylesheet of the Privacy Rules Service.
    /// </summary>
    public sealed class FilterXsreRequest : Request
    {
        /// <summary>The record as XML. Required.</summary>
        public string Xml { get; set; }

        /// <summary>The data objects, in their order.</summary>
        public IEnumerable<DataObjectFilter> DataObjects { get; set; }

        /// <summary>The stylesheet; instead of <c>dataObjects</c>.</summary>
        public string Stylesheet { get; set; }

        /// <summary>What kind of object the data objects are for; <c>xSre</c> when absent.</summary>
        public string ObjectType { get; set; }

        /// <summary>
        /// How statements become paths; <c>sif.statements</c> of the configuration when absent. One of
        /// <c>reference</c>, <c>fixed</c>.
        /// </summary>
        public string Statements { get; set; }

        /// <summary>
        /// The forms to answer with; only XML when absent. Any of <c>xml</c>, <c>json</c>, <c>summary</c>.
        /// </summary>
        public IEnumerable<string> Formats { get; set; }

        internal override void WriteTo(JsonWriter json)
        {
            json.Add("xml", Xml);
            json.Add("dataObjects", DataObjects);
            json.Add("stylesheet", Stylesheet);
            json.Add("objectType", ObjectType);
            json.Add("statements", Statements);
            json.Add("formats", Formats);
            base.WriteTo(json);
        }
    }
}
