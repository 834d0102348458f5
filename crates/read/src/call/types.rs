//! The syntax that TypeScript adds to calls and values, which is skipped.

use super::value::Values;

/// The longest type, in tokens.
const TYPE: usize = 100;

impl Values<'_> {
    fn opens(&self, at: usize) -> bool {
        ['<', '(', '[', '{'].into_iter().any(|sign| self.sign_at(at, sign))
    }

    fn closes(&self, at: usize) -> bool {
        ['>', ')', ']', '}'].into_iter().any(|sign| self.sign_at(at, sign))
    }

    /// Skips `<Item[]>` between a name and the arguments of its call.
    pub(super) fn skip_type_arguments(&mut self) {
        if !self.is_sign('<') {
            return;
        }
        let mut depth = 0_usize;
        for at in self.at..self.at.saturating_add(TYPE) {
            // An arrow, or a comparison.
            if self.sign_at(at, '=') || self.sign_at(at, ';') && depth < 2 {
                return;
            }
            depth += usize::from(self.opens(at));
            depth = depth.saturating_sub(usize::from(self.closes(at)));
            if depth == 0 {
                if self.sign_at(at, '>') && self.sign_at(at + 1, '(') {
                    self.at = at + 1;
                }
                return;
            }
        }
    }

    /// Skips `as const`, `satisfies Init`, and `!` after a value.
    pub(super) fn skip_type_of_value(&mut self) {
        let before = self.at;
        if self.is_sign('!') && !self.sign_at(self.at + 1, '=') {
            self.at += 1;
        }
        while matches!(self.word(), Some("as" | "satisfies")) {
            let (start, mut depth) = (self.at, 0_usize);
            self.at += 1;
            while self.at - start < TYPE && self.peek().is_some() {
                let is_more = matches!(self.word(), Some("as" | "satisfies")) || self.ends_value();
                if depth == 0 && self.at > start + 1 && is_more {
                    break;
                }
                depth += usize::from(self.opens(self.at));
                depth = depth.saturating_sub(usize::from(self.closes(self.at)));
                self.at += 1;
            }
        }
        // With another operator, all of it is an expression.
        if !self.ends_value() {
            self.at = before;
        }
    }

    /// The `=` of a declaration, after the name or after its type.
    pub(super) fn sign_of_declaration(&self, at: usize) -> Option<usize> {
        if self.sign_at(at, '=') {
            return Some(at);
        }
        self.sign_at(at, ':').then_some(())?;
        let mut depth = 0_usize;
        for at in at + 1..at.saturating_add(TYPE) {
            if depth == 0 && self.sign_at(at, '=') && !self.sign_at(at + 1, '>') {
                return Some(at);
            }
            if depth == 0 && self.sign_at(at, ';') {
                return None;
            }
            depth += usize::from(self.opens(at));
            depth = depth.saturating_sub(usize::from(self.closes(at)));
        }
        None
    }
}
