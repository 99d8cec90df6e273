//! Which records become facts, and what of them goes where. What each key means for people stands in
//! `docs/readers.md`.

use super::condition::Conditions;
use super::definition::Paths;
use super::expression::Expression;
use serde::Deserialize;

/// Which records a rule is about.
pub trait Selection {
    /// Where the records are.
    fn each(&self) -> &Paths;
    /// What must hold for a record.
    fn when(&self) -> &Conditions;
    /// What must not hold.
    fn skip(&self) -> &Conditions;
    /// The expressions, for checking.
    fn expressions(&self) -> Vec<&Expression>;
}

macro_rules! rule {
    ($(#[$doc:meta])* $name:ident { $($(#[$field_doc:meta])* $field:ident,)* } conditions { $($(#[$c_doc:meta])* $condition:ident,)* }) => {
        $(#[$doc])*
        #[derive(Debug, Deserialize)]
        #[serde(deny_unknown_fields)]
        pub struct $name {
            /// Where the records are, from the document.
            #[serde(default)]
            pub each: Paths,
            /// What must hold for a record.
            #[serde(default)]
            pub when: Conditions,
            /// A record for which one of these holds is passed over.
            #[serde(default)]
            pub skip: Conditions,
            $($(#[$field_doc])* #[serde(default)] pub $field: Expression,)*
            $($(#[$c_doc])* #[serde(default)] pub $condition: Conditions,)*
        }

        impl Selection for $name {
            fn each(&self) -> &Paths {
                &self.each
            }

            fn when(&self) -> &Conditions {
                &self.when
            }

            fn skip(&self) -> &Conditions {
                &self.skip
            }

            fn expressions(&self) -> Vec<&Expression> {
                vec![$(&self.$field,)*]
            }
        }
    };
}

rule! {
    /// Records that are weaknesses.
    WeaknessRule {
        /// The host, image, repository looked at.
        target,
        /// The tool's rule or vulnerability id.
        rule,
        /// A short title.
        title,
        /// How bad; a word or a number by `| cvss`.
        severity,
        /// Texts that hold vulnerability ids.
        vulnerabilities,
        /// Texts that hold CWE numbers.
        cwes,
        /// CVSS vectors; the newest is taken.
        vector,
        /// CVSS base score.
        score,
        /// How to put it right.
        remedy,
        /// First version without it.
        fixed,
        /// References to controls.
        controls,
        /// The tool's words.
        detail,
        /// A place in code: path.
        file,
        /// A place in code: line.
        line,
        /// A place in code: the tool's fingerprint.
        fingerprint,
        /// A place in code: what each step says of the way that data takes to it.
        flow,
        /// A package: name.
        package,
        /// A package: installed version.
        installed,
        /// A package: package URL.
        purl,
        /// A package: where in the artefact it lies.
        location,
        /// A port of a host.
        port,
        /// Its protocol.
        protocol,
        /// A named resource.
        resource,
        /// A secret: never kept.
        secret,
    } conditions {
        /// One of these marks a record as suppressed.
        suppressed,
        /// One of these says that an exploit is known.
        exploit,
    }
}

rule! {
    /// Records that are results of rules.
    CheckRule {
        /// The host or image.
        target,
        /// The benchmark.
        benchmark,
        /// The rule's id.
        rule,
        /// The rule's title.
        title,
        /// What came out.
        outcome,
        /// How bad a failure is.
        severity,
        /// References to controls.
        controls,
        /// How to put it right.
        remedy,
        /// The tool's words.
        detail,
    } conditions {}
}

rule! {
    /// Records that are software.
    ComponentRule {
        /// The artefact it is part of.
        target,
        /// Package URL.
        purl,
        /// CPE 2.3 name.
        cpe,
        /// Group or namespace.
        group,
        /// Name.
        name,
        /// Version.
        version,
        /// Supplier.
        supplier,
        /// Licences.
        licenses,
        /// What it is.
        class,
        /// SHA-256.
        sha256,
    } conditions {}
}

rule! {
    /// Records that are hosts or images.
    AssetRule {
        /// Its name.
        name,
        /// Other names.
        aliases,
        /// Operating system.
        platform,
    } conditions {
        /// One of these says that the tool could log in.
        authenticated,
    }
}

rule! {
    /// Records that are network services.
    ServiceRule {
        /// The host.
        target,
        /// Port number.
        port,
        /// Protocol; `tcp` when left out.
        protocol,
        /// Service name.
        name,
        /// Product and version.
        product,
    } conditions {
        /// One of these says that it speaks TLS.
        tls,
    }
}

rule! {
    /// Records that are reported as problems.
    ProblemRule {
        /// What is to be said.
        message,
    } conditions {}
}
