using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Penstock.Control.Database.Migrations
{
    /// <inheritdoc />
    public partial class RunLeases : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_runs_Status",
                table: "runs");

            migrationBuilder.AddColumn<DateTime>(
                name: "LeaseUntil",
                table: "runs",
                type: "TEXT",
                nullable: true);

            migrationBuilder.CreateIndex(
                name: "IX_runs_Status_Id",
                table: "runs",
                columns: new[] { "Status", "Id" });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_runs_Status_Id",
                table: "runs");

            migrationBuilder.DropColumn(
                name: "LeaseUntil",
                table: "runs");

            migrationBuilder.CreateIndex(
                name: "IX_runs_Status",
                table: "runs",
                column: "Status");
        }
    }
}
