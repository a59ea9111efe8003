//! The command line: verbs, options and the words that teach them.

use std::net::IpAddr;
use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};
use jiff::civil::Date;
use verbale::gate::Gate;
pub use verbale_engine::asked::{Filters, Known, Panel};
pub use verbale_engine::cite::CiteStyle;

/// Reads what is written about how states deal with each other and keeps the record.
///
/// From news articles verbale makes a dossier of two states: who did, said or promised what to whom, when, on whose
/// word, and the exact words that say so. It states what the texts say, never what is true. It works offline.
#[derive(Debug, Parser)]
#[command(
    name = "verbale",
    version,
    propagate_version = true,
    max_term_width = 100
)]
#[command(after_help = "\
Start here:
  verbale demo                             the dossier of a built-in set of articles
  verbale pair AZE PAK articles/*.txt      read articles and show the dossier of two states
  verbale why ID                           why a fact is coded as it is
  verbale try \"Chad and Niger signed a memorandum.\"

States are given as ISO code (AZE, AZ), name, demonym or alias.
Exit status: 0 done or found, 1 nothing found, 2 an error; other inputs are still processed.")]
pub struct Cli {
    /// The store [default: verbale.db in the current folder]
    #[arg(long, global = true, env = "VERBALE_STORE", value_name = "FILE")]
    pub store: Option<PathBuf>,

    /// A data folder whose files replace or add to the built-in lists and rules
    #[arg(long, global = true, value_name = "DIR")]
    pub data: Option<PathBuf>,

    /// When to colour
    #[arg(long, global = true, value_enum, default_value_t = Color::Auto)]
    pub color: Color,

    /// Answer as the store stood at the end of this day, or at this instant (UTC); for verbs that only ask
    #[arg(long, global = true, value_name = "WHEN")]
    pub as_of: Option<String>,

    /// Threads to code with [default: all cores]
    #[arg(long, global = true, value_name = "N")]
    pub threads: Option<usize>,

    /// What is set aside before it is coded: nothing; texts whose words lead to fewer than two states or organisations;
    /// or also paragraphs in which nobody acts or speaks (off, document, full)
    #[arg(long, global = true, env = "VERBALE_GATE", value_name = "LEVEL", default_value_t = Gate::default())]
    pub gate: Gate,

    /// The verb
    #[command(subcommand)]
    pub verb: Verb,
}

/// When to colour the output.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
#[allow(missing_docs)]
pub enum Color {
    Auto,
    Always,
    Never,
}

/// Formats of listings.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// Tables for people
    Text,
    /// One JSON array
    Json,
    /// One JSON object per line
    Jsonl,
    /// Comma-separated values, dotted column names, lists joined by ";"
    Csv,
    /// Markdown
    Md,
}

/// Formats of a dossier.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum PageFormat {
    /// The page on a terminal
    Text,
    /// The page's content as one JSON object
    Json,
    /// The same on one line
    Jsonl,
    /// The page in Markdown
    Md,
    /// One self-contained page for a browser
    Html,
}

/// How a listing is printed.
#[derive(Debug, Clone, Args)]
pub struct Listing {
    /// Format of the output [default: text on a terminal, jsonl in a pipe]
    #[arg(long, value_enum)]
    pub format: Option<Format>,
}

/// How a dossier is printed.
#[derive(Debug, Clone, Args)]
pub struct Page {
    /// Format of the output [default: what the ending of FILE says, else text]
    #[arg(long, value_enum)]
    pub format: Option<PageFormat>,

    /// Write to this file instead of the terminal
    #[arg(short, long, value_name = "FILE")]
    pub output: Option<PathBuf>,
}

/// Which texts are read, what is known about them, and where it is written what became of them.
#[derive(Debug, Clone, Default, Args)]
pub struct Texts {
    /// Read only files of folders that match, for example '*.html' or '2021/**' [default: all formats]
    #[arg(long, value_name = "GLOB")]
    pub include: Vec<String>,

    /// Pass over files of folders that match
    #[arg(long, value_name = "GLOB")]
    pub exclude: Vec<String>,

    /// Write one JSON line per document: ok, empty, not_english, one_sided, duplicate or failed, and why
    #[arg(long, value_name = "FILE")]
    pub report: Option<PathBuf>,

    #[command(flatten)]
    #[allow(missing_docs)]
    pub known: Known,
}

/// Verbs.
#[derive(Debug, Subcommand)]
pub enum Verb {
    /// Read files or folders into the store, code and fuse them
    Add {
        /// Files or folders; - reads standard input
        #[arg(required = true, value_name = "PATH")]
        paths: Vec<PathBuf>,
        #[command(flatten)]
        texts: Texts,
    },
    /// The dossier of two states, after adding PATHs if any are given
    Pair {
        /// First state
        a: String,
        /// Second state
        b: String,
        /// Files or folders to add first
        #[arg(value_name = "PATH")]
        paths: Vec<PathBuf>,
        #[command(flatten)]
        texts: Texts,
        #[command(flatten)]
        page: Page,
    },
    /// One state and all its partners
    State {
        /// The state
        a: String,
        /// Files or folders to add first
        #[arg(value_name = "PATH")]
        paths: Vec<PathBuf>,
        #[command(flatten)]
        texts: Texts,
        #[command(flatten)]
        page: Page,
    },
    /// The dossier of a built-in example set; touches no store
    Demo {
        #[command(flatten)]
        page: Page,
    },
    /// Documents in, facts out as JSON lines; touches no store
    Code {
        /// Files or folders; - or nothing reads standard input
        #[arg(value_name = "PATH")]
        paths: Vec<PathBuf>,
        /// What standard input holds [default: told by how it begins]
        #[arg(long = "in", value_enum, value_name = "FORMAT")]
        input: Option<InputFormat>,
        /// Write an Arrow stream, a Parquet file or JSON lines, with a row for each document in the first two
        #[arg(
            long = "out",
            value_enum,
            value_name = "FORMAT",
            conflicts_with = "format"
        )]
        out: Option<OutputFormat>,
        #[command(flatten)]
        texts: Texts,
        #[command(flatten)]
        listing: Listing,
    },
    /// How one sentence is understood: tree, mentions, voices, clauses, facts, rules that came near
    Try {
        /// The sentence
        sentence: String,
        /// Day the sentence was published
        #[arg(long, value_name = "DATE")]
        published: Option<String>,
        #[command(flatten)]
        listing: Listing,
    },
    /// The facts of the store
    Facts(Filtered),
    /// The records of the store
    Records(Filtered),
    /// Everything with a place in time
    Timeline(Filtered),
    /// Visits
    Visits(Filtered),
    /// Meetings and talks
    Meetings(Filtered),
    /// Agreements and their steps
    Agreements(Filtered),
    /// Who promised what to whom
    Commitments(Filtered),
    /// Who stands where on what
    Positions(Filtered),
    /// Diplomatic relations, recognition, partnership
    Relations(Filtered),
    /// Cooperation by field and body
    Cooperation(Filtered),
    /// Arms and goods
    Transfers(Filtered),
    /// People with offices, and how often they speak, act and are named
    People(Filtered),
    /// What is claimed, on whose word
    Claims(Filtered),
    /// Numbers as texts give them
    Figures(Filtered),
    /// Names as written, by text
    Names(Filtered),
    /// Where sources disagree on two states
    Conflicts {
        /// First state
        a: String,
        /// Second state
        b: String,
        #[command(flatten)]
        listing: Listing,
    },
    /// What the texts do not say about two states
    Gaps {
        /// First state
        a: String,
        /// Second state
        b: String,
        #[command(flatten)]
        listing: Listing,
    },
    /// The panel of two states, or of all dyads: records counted by period and type
    Series {
        /// First state
        #[arg(requires = "b")]
        a: Option<String>,
        /// Second state
        b: Option<String>,
        #[command(flatten)]
        panel: Panel,
        /// First day of the panel [default: the first that a text or record has]
        #[arg(long, value_name = "DAY")]
        from: Option<Date>,
        /// Last day of the panel
        #[arg(long, value_name = "DAY")]
        to: Option<Date>,
        #[command(flatten)]
        listing: Listing,
    },
    /// Facts, records, the panel or the texts in other people's formats
    Export {
        /// The format
        #[arg(long = "as", value_enum, value_name = "NAME")]
        format: verbale_export::Format,
        /// The file to write; - is standard output
        #[arg(short, long, value_name = "PATH")]
        output: PathBuf,
        /// What the rows of jsonl, csv and parquet are
        #[arg(long, value_enum, default_value_t = verbale_export::Rows::Facts)]
        rows: verbale_export::Rows,
        #[command(flatten)]
        panel: Panel,
        #[command(flatten)]
        filters: Filters,
    },
    /// A fact or record in full
    Show {
        /// Id, or its beginning
        id: String,
        #[command(flatten)]
        listing: Listing,
    },
    /// Why a fact is coded so, or (DOC:START-END) why words are not coded
    Why {
        /// Fact or record id, or DOC:START-END in bytes
        #[arg(value_name = "ID|DOC:START-END")]
        target: String,
        #[command(flatten)]
        listing: Listing,
    },
    /// A citation of a fact's or record's source
    Cite {
        /// Id, or its beginning
        id: String,
        /// Citation style
        #[arg(long, value_enum, default_value_t = CiteStyle::Bibtex)]
        style: CiteStyle,
    },
    /// Full text of the documents and facts
    Search {
        /// Words
        #[arg(required = true)]
        words: Vec<String>,
        #[command(flatten)]
        listing: Listing,
    },
    /// The documents, or one of them in full
    Docs {
        /// Document id, its beginning, or file name
        doc: Option<String>,
        #[command(flatten)]
        listing: Listing,
    },
    /// A person's word on facts and records: the queue, and what to say of it
    ///
    /// Decisions are kept in a file of JSON lines beside the store (verbale.db.review.jsonl), which is only ever appended
    /// to; keep it with your own notes, or beside another store of the same texts, and it holds there too. They are laid
    /// over what the program finds: coding the texts again, with other rules, loses none and misapplies none. What fits
    /// no fact any more is listed with the reason.
    #[command(after_help = "\
Examples:
  verbale review list --pair AZE,PAK         what to look at first
  verbale review accept 3f2a --by Noor       the words say so
  verbale review reject 77c0 --note \"it was the ministry, not the state\"
  verbale review edit 3f2a actor=AZE,PAK modality=planned date=2024-07
  verbale review add note.txt 120 188 kind=agreement actor=Chad,Niger mutual=true instrument.status=signed
  verbale review undo 4                      takes decision 4 back
  verbale facts --include rejected           with what was rejected")]
    Review {
        /// What to do
        #[command(subcommand)]
        verb: ReviewVerb,
    },
    /// Code again what a change of program or data can reach
    ///
    /// A changed rule can only reach texts with a predicate that it names, a changed name only texts with a word of it;
    /// any other change may reach every text. What comes out the same keeps its facts; what the earlier run found stays
    /// in the history.
    Recode {
        /// Only name the documents that would change
        #[arg(long)]
        dry_run: bool,
        #[command(flatten)]
        listing: Listing,
    },
    /// The runs: program, data and model, when they began and what they left
    Runs {
        #[command(flatten)]
        listing: Listing,
    },
    /// What two runs find otherwise, in the texts that both know
    Diff {
        /// Id of a run, or its beginning
        run1: String,
        /// Id of the other
        run2: String,
        #[command(flatten)]
        listing: Listing,
    },
    /// What is new, gone or changed since a day: documents, facts, records
    Since {
        /// A day (its end counts) or an instant, in UTC
        when: String,
        #[command(flatten)]
        listing: Listing,
    },
    /// Take a document out of all listings; its history stays
    Withdraw {
        /// Document id, its beginning, or file name
        doc: String,
        /// Bring it back
        #[arg(long)]
        undo: bool,
        #[command(flatten)]
        listing: Listing,
    },
    /// Put a corrected text in the place of a document, which leaves the listings
    Correct {
        /// Document id, its beginning, or file name
        doc: String,
        /// File with the corrected text
        #[arg(value_name = "NEWFILE")]
        file: PathBuf,
        #[command(flatten)]
        listing: Listing,
    },
    /// Copy the store and its journal of decisions, whole, also while others write
    Backup {
        /// The copy; must not exist
        file: PathBuf,
    },
    /// Answer a question in SQL; nothing can be written
    #[command(after_help = "\
Tables: documents, held (those not withdrawn), appearances, names, facts, fact_parties, records, record_parties, runs,
history. The current facts of a document are those of its run:
  verbale sql \"SELECT d.name, count(*) AS facts FROM held d JOIN facts f ON f.document = d.id AND f.run = d.run GROUP BY d.id\"
A person's decisions are no part of the tables; `verbale facts` lays them over.")]
    Sql {
        /// The question; begins with SELECT or WITH
        query: String,
        #[command(flatten)]
        listing: Listing,
    },
    /// The pages and the HTTP interface over the store, on this machine only unless told otherwise
    Serve {
        /// Port; 0 takes a free one
        #[arg(long, value_name = "N", default_value_t = 8300)]
        port: u16,
        /// Address to listen on; others can reach any but loopback, so those ask for a --token
        #[arg(long, value_name = "ADDR", default_value = "127.0.0.1")]
        bind: IpAddr,
        /// Nothing can be written
        #[arg(long)]
        read_only: bool,
        /// Token that writing asks for [default: a fresh one, printed]
        #[arg(long, value_name = "T", env = "VERBALE_TOKEN", hide_env_values = true)]
        token: Option<String>,
    },
    /// Precision and recall against a gold record
    Eval(Measured),
    /// Rules, lists and their examples: complete, without contradiction, every example run
    Check {
        /// The data folder to check [default: the built-in data]
        dir: Option<PathBuf>,
        #[command(flatten)]
        listing: Listing,
    },
    /// Where the store is and what it holds
    Stats {
        #[command(flatten)]
        listing: Listing,
    },
    /// JSON Schema of facts, records and the dossier
    Schema,
    /// Program, schema, data and model versions
    Version {
        /// As JSON
        #[arg(long)]
        json: bool,
    },
    /// Completions for a shell, to be sourced
    Completions {
        /// The shell
        shell: clap_complete::Shell,
    },
    /// The manual page, in roff
    Man,
}

/// What `review` does.
#[derive(Debug, Subcommand)]
pub enum ReviewVerb {
    /// The queue: facts that nobody has decided on, what would change most first
    List {
        #[command(flatten)]
        filtered: Filtered,
    },
    /// The decisions with their numbers, in the order in which they were made
    Decisions {
        /// Only those that fit nothing any more, with the reason
        #[arg(long)]
        unfit: bool,
        #[command(flatten)]
        listing: Listing,
    },
    /// How far reviewers agree on the facts that both decided on: percentage and Cohen's kappa
    Agreement {
        #[command(flatten)]
        listing: Listing,
    },
    /// The words say what the fact says (of a record: what all its facts say)
    Accept {
        /// Fact or record id, or its beginning
        id: String,
        #[command(flatten)]
        signed: Signed,
    },
    /// The words do not say it; the fact leaves every listing
    Reject {
        /// Fact or record id, or its beginning
        id: String,
        #[command(flatten)]
        signed: Signed,
    },
    /// The words say something else
    #[command(after_help = "\
Lists are written with commas (actor=AZE,PAK), dates as day, month, year or two days (date=2024-07-11/2024-07-13),
fields of objects with a dot (instrument.status=signed); nothing after = empties a field. A wrong name lists all fields.")]
    Edit {
        /// Fact id, or its beginning
        id: String,
        /// Fields with their values
        #[arg(required = true, value_name = "FIELD=VALUE")]
        set: Vec<String>,
        #[command(flatten)]
        signed: Signed,
    },
    /// These records are one
    Merge {
        /// Record ids, or their beginnings; all of one kind
        #[arg(required = true, num_args = 2.., value_name = "ID")]
        ids: Vec<String>,
        #[command(flatten)]
        signed: Signed,
    },
    /// These facts of a record tell of another thing
    Split {
        /// Record id, or its beginning
        record: String,
        /// Fact ids, or their beginnings
        #[arg(required = true, value_name = "FACT")]
        facts: Vec<String>,
        #[command(flatten)]
        signed: Signed,
    },
    /// A fact that the program did not find, with its words
    Add {
        /// Document id, its beginning, or file name
        doc: String,
        /// First byte of the words
        start: usize,
        /// One past the last byte
        end: usize,
        /// Fields with their values; kind is event and modality asserted where nothing else is said
        #[arg(required = true, value_name = "FIELD=VALUE")]
        set: Vec<String>,
        #[command(flatten)]
        signed: Signed,
    },
    /// Takes a decision back; taking back an undo brings the decision back
    Undo {
        /// Number of the decision, as `review decisions` lists it
        n: usize,
        #[command(flatten)]
        signed: Signed,
    },
}

/// Who decides, and why.
#[derive(Debug, Clone, Args)]
pub struct Signed {
    /// Why, in your words
    #[arg(long, value_name = "TEXT")]
    pub note: Option<String>,
    /// Who decides [default: the name you are logged in under]
    #[arg(long, value_name = "NAME", env = "VERBALE_REVIEWER")]
    pub by: Option<String>,
    #[command(flatten)]
    #[allow(missing_docs)]
    pub listing: Listing,
}

/// What is measured, and against which earlier state.
#[derive(Debug, Clone, Args)]
pub struct Measured {
    /// Gold: a record (JSON lines), a folder with a coding for each text, or a table of sentences with source, target and root
    pub gold: PathBuf,
    /// Folder of the texts; not needed for sentences
    #[arg(long, value_name = "DIR")]
    pub texts: Option<PathBuf>,
    /// Only texts whose names begin so
    #[arg(long, value_name = "PREFIX")]
    pub prefix: Option<String>,
    /// Compare with this list of found ids; a loss without a reason behind a tab is an error
    #[arg(long, value_name = "FILE")]
    pub baseline: Option<PathBuf>,
    /// Write the ids found now to this file
    #[arg(long, value_name = "FILE")]
    pub write_baseline: Option<PathBuf>,
    #[command(flatten)]
    #[allow(missing_docs)]
    pub listing: Listing,
}

/// What standard input holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
#[allow(missing_docs)]
pub enum InputFormat {
    Text,
    Html,
    Json,
    Jsonl,
    Csv,
    Tsv,
    Pdf,
    Docx,
    Xml,
    Warc,
    Eml,
    ArrowStream,
    Parquet,
}

impl InputFormat {
    /// The format that is read; `None` for batches, whose rows are documents already.
    pub fn format(self) -> Option<verbale_read::Format> {
        use verbale_read::Format;
        Some(match self {
            InputFormat::Text => Format::Text,
            InputFormat::Html => Format::Html,
            InputFormat::Json => Format::Json,
            InputFormat::Jsonl => Format::JsonLines,
            InputFormat::Csv => Format::Csv(b','),
            InputFormat::Tsv => Format::Csv(b'\t'),
            InputFormat::Pdf => Format::Pdf,
            InputFormat::Docx => Format::Docx,
            InputFormat::Xml => Format::Feed,
            InputFormat::Warc => Format::Warc,
            InputFormat::Eml => Format::Mail,
            InputFormat::ArrowStream | InputFormat::Parquet => return None,
        })
    }
}

/// In which form coded batches leave.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
#[allow(missing_docs)]
pub enum OutputFormat {
    Jsonl,
    ArrowStream,
    Parquet,
}

/// A listing with filters.
#[derive(Debug, Clone, Args)]
pub struct Filtered {
    #[command(flatten)]
    #[allow(missing_docs)]
    pub filters: Filters,
    #[command(flatten)]
    #[allow(missing_docs)]
    pub listing: Listing,
}
