//! Texts as people paste them, and what is read of each.

mod angular;
mod around;
mod browser;
mod clients;
mod commands;
mod common;
mod copies;
mod entities;
mod files;
mod forms;
mod har;
mod httpie;
mod implied;
mod jquery;
mod logs;
mod lookalikes;
mod markdown;
mod mistakes;
mod panels;
mod partial;
mod powershell;
mod printed;
mod safari;
mod trace;
