//! The packed English model: half-precision weights and lookup tables of spaCy's `en_core_web_md` 3.8,
//! nothing else. It is a crate of its own so that code edits never rebuild it.
//!
//! `models/pack.py` writes the file and describes its form, `verbale-parse` reads it, and `models/README.md` says where
//! everything in it comes from and under which licence.

/// The packed model, as written by `cargo xtask pack-model`.
pub static MODEL: &[u8] = include_bytes!("../model.bin");

/// SHA-256 of [`MODEL`] in hex: names the model of a run. A test holds it against the bytes.
pub const SHA256: &str = "bf771f2a8f01f9d4aa143021bdd75f997da956bf6d97129e16507a7cbe6e6d4b";

#[cfg(test)]
mod tests {
    use sha2::{Digest, Sha256};

    #[test]
    fn the_name_of_the_model_is_its_hash() {
        let found: String = Sha256::digest(super::MODEL)
            .iter()
            .map(|byte| format!("{byte:02x}"))
            .collect();
        assert_eq!(
            found,
            super::SHA256,
            "write the new hash beside the new model"
        );
    }
}
