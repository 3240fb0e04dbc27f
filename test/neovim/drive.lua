-- Drives a language server from Neovim 0.7 or later: waits for diagnostics, applies the preferred quick fix of one,
-- and writes what happened as JSON. Everything it needs comes in the variable CORS_LENS_DRIVE:
--   file, code (whose fix to apply), report (where to write), and either
--   snippet (a file of Lua that starts the server as our documentation says), or cmd and root
local wish = vim.fn.json_decode(vim.env.CORS_LENS_DRIVE)
local report = { diagnostics = {}, titles = {} }

local function finish(failure)
  report.failure = failure
  vim.fn.writefile({ vim.fn.json_encode(report) }, wish.report)
  vim.cmd(failure and "cquit 1" or "qall!")
end

local function drive()
  if wish.snippet then
    vim.cmd("filetype on")
    vim.cmd("luafile " .. vim.fn.fnameescape(wish.snippet))
  end
  vim.cmd("edit " .. vim.fn.fnameescape(wish.file))
  local buffer = vim.api.nvim_get_current_buf()
  local id
  if wish.snippet then
    local function attached()
      id = next(vim.lsp.buf_get_clients(buffer))
      return id ~= nil
    end
    if not vim.wait(60000, attached, 20) then
      return finish("the snippet attached no server")
    end
  else
    id = vim.lsp.start_client({ name = "cors-lens", cmd = wish.cmd, root_dir = wish.root })
    vim.lsp.buf_attach_client(buffer, id)
  end

  local function diagnostics()
    return vim.diagnostic.get(buffer)
  end
  local function has(code)
    for _, diagnostic in ipairs(diagnostics()) do
      if diagnostic.user_data.lsp.code == code then
        return diagnostic
      end
    end
  end

  if not vim.wait(60000, function() return has(wish.code) ~= nil end, 20) then
    return finish("no diagnostic " .. wish.code .. " arrived")
  end
  for _, diagnostic in ipairs(diagnostics()) do
    table.insert(report.diagnostics, {
      code = diagnostic.user_data.lsp.code,
      source = diagnostic.source,
      line = diagnostic.lnum + 1,
      message = diagnostic.message,
    })
  end

  local found = has(wish.code)
  local place = { line = found.lnum, character = found.col }
  local answers = vim.lsp.buf_request_sync(buffer, "textDocument/codeAction", {
    textDocument = vim.lsp.util.make_text_document_params(buffer),
    range = { start = place, ["end"] = place },
    context = { diagnostics = { found.user_data.lsp } },
  }, 60000)
  local actions = answers and answers[id] and answers[id].result or {}
  local preferred
  for _, action in ipairs(actions) do
    table.insert(report.titles, action.title)
    if action.isPreferred then
      preferred = preferred or action
    end
  end
  if not preferred then
    return finish("no preferred code action")
  end
  local encoding = vim.lsp.get_client_by_id(id).offset_encoding
  vim.lsp.util.apply_workspace_edit(preferred.edit, encoding)
  if not vim.wait(60000, function() return has(wish.code) == nil end, 20) then
    return finish("the diagnostic is still there after its fix")
  end
  vim.cmd("silent write")
  vim.lsp.stop_client(id)
  finish(nil)
end

local ok, problem = pcall(drive)
if not ok then
  finish(tostring(problem))
end
